package io.headrace.app.cli;

import io.headrace.metadata.config.EditDistance;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line for somebody who mistyped. */
final class BadUsage {

    /** Letters that may differ in a word that was meant; two of them are one swap. */
    private static final int TYPING_ERRORS = 3;

    private static final String PICOCLI_PREFIX = "Error: ";

    private BadUsage() {}

    static String inWords(ParameterException fault) {
        CommandLine command = fault.getCommandLine();
        // A mistyped option is told before what is missing because of it.
        List<String> unmatched =
                fault instanceof UnmatchedArgumentException e ? e.getUnmatched() : command.getUnmatchedArguments();
        String what = unmatched.isEmpty() ? firstLine(fault.getMessage()) : unmatched(unmatched.getFirst(), command);
        return command.getCommandSpec().qualifiedName() + ": " + what + " (--help tells more)";
    }

    private static String unmatched(String word, CommandLine command) {
        if (word.startsWith("-")) {
            String option = word.indexOf('=') < 0 ? word : word.substring(0, word.indexOf('='));
            return "there is no option " + option
                    + nearest(option, command.getCommandSpec().optionsMap().keySet());
        }
        if (command.getSubcommands().isEmpty()) {
            return "'" + word + "' is one word too many";
        }
        return "there is no command " + word
                + nearest(word, command.getSubcommands().keySet());
    }

    private static String nearest(String word, Collection<String> candidates) {
        String nearest = null;
        int nearestDistance = TYPING_ERRORS + 1;
        for (String candidate : candidates) {
            int distance = EditDistance.between(word, candidate, nearestDistance);
            // With as many letters wrong as the word has, anything is near.
            if (distance < Math.min(nearestDistance, candidate.length() - 1)) {
                nearest = candidate;
                nearestDistance = distance;
            }
        }
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("that is not understood");
        String text = line.startsWith(PICOCLI_PREFIX) ? line.substring(PICOCLI_PREFIX.length()) : line;
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
