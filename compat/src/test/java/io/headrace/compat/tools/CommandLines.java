package io.headrace.compat.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code command-lines.txt}; its top says how to read it. */
final class CommandLines {

    private static final String FILE = "command-lines.txt";
    private static final String SECTION = "== ";

    private CommandLines() {}

    /** By section, in the order of the file. */
    static Map<String, List<CommandLine>> read() {
        Map<String, List<CommandLine>> sections = new LinkedHashMap<>();
        List<CommandLine> section = new ArrayList<>();
        try (var reader = new BufferedReader(
                new InputStreamReader(CommandLines.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(SECTION)) {
                    section = new ArrayList<>();
                    sections.put(line.substring(SECTION.length()), section);
                } else if (line.startsWith(" ")) {
                    CommandLine last = section.removeLast();
                    section.add(new CommandLine(last.text(), line.strip()));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    section.add(new CommandLine(line, null));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sections;
    }
}
