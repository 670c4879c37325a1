package io.headrace.compat.tools;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a tool printed, without what must differ between two servers: places, ids, times, and the words of a message. */
final class PlainText {

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            rule("Exception: .*", "Exception: <words>"),
            rule("(Call\\(callName|Timed out waiting).*", "<timed out>"),
            rule("(localhost|127\\.0\\.0\\.1):\\d+", "<broker>"),
            rule("(localhost|127\\.0\\.0\\.1)", "<host>"),
            rule("[\\w.-]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<member>"),
            rule("(PLAINTEXT|CONTROLLER)://<broker>", "<listener>"),
            rule("(HighWatermark: +)\\d+", "$1<offset>"),
            rule("\\d+ ms ago", "<ago>"),
            rule("(?<![\\w.-])[\\w-]{22}(?![\\w-])", "<id>"),
            rule("(Ongoing|Prepare\\w+|Complete\\w+) (\\s*\\d+)\\s+\\d{13}\\s+\\d+", "$1 $2 <time> <duration>"),
            rule("\\b\\d{13}\\b", "<time>"),
            rule("(<id>\\s+)\\d+(\\s+\\d+\\s+<(time|ago)>)", "$1<offset>$2"),
            rule("\\[\\d{4}-\\d\\d-\\d\\d [\\d:,]+\\] ", ""),
            rule("(Error while executing [\\w ]+?) ?: .*", "$1: <words>"),
            rule("((?:Could|Can) not \\w+ [\\w.]+(?: to \\d+)?\\.) .*", "$1 <words>"),
            rule("\\S+/argument-\\d+\\.json", "<file>"),
            rule("[ \\t]+", " "));

    /** Where a tool that was not understood begins to explain itself. */
    private static final Pattern USAGE = Pattern.compile("^Option +Description$.*", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String CONFIGS = "Configs: ";

    private PlainText() {}

    static String of(String printed, String dataDirectory) {
        String text = USAGE.matcher(printed).replaceFirst("<usage>").replace(dataDirectory, "<data>");
        for (Rule rule : RULES) {
            text = rule.pattern.matcher(text).replaceAll(rule.replacement);
        }
        return text.lines()
                .map(String::strip)
                .map(PlainText::inOrder)
                .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("... "))
                .filter(line -> !line.contains(ToolHost.ENDED))
                .collect(Collectors.joining("\n"));
    }

    /** The configurations of a topic come in the order in which the server finds them. */
    private static String inOrder(String line) {
        int configs = line.indexOf(CONFIGS);
        if (configs < 0) {
            return line;
        }
        int start = configs + CONFIGS.length();
        String[] sorted = line.substring(start).split(",", -1);
        Arrays.sort(sorted);
        return line.substring(0, start) + String.join(",", sorted);
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }
}
