package io.headrace.compat.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code command-lines.txt}.
 *
 * @param text as it stands there
 * @param differs why the two servers may leave different outcomes, null if they may not
 */
record CommandLine(String text, String differs) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** Words that only look, so that a line that has one can be run again. */
    private static final List<String> LOOKING =
            List.of("--describe", "--list", "--verify", "--generate", "describe", "list", "--dry-run", "--time");

    private static final List<String> IN_ANY_ORDER = List.of("--list", "--all-groups", "list");

    Tool tool() {
        return Tool.named(words().getFirst());
    }

    List<String> arguments() {
        return words().subList(1, words().size());
    }

    boolean onlyLooks() {
        List<String> words = words();
        return words.size() == 1 || words.stream().anyMatch(LOOKING::contains) && !words.contains("--execute");
    }

    /** The order of what is printed is that of the server, which means nothing. */
    boolean printsInAnyOrder() {
        return words().stream().anyMatch(IN_ANY_ORDER::contains);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
