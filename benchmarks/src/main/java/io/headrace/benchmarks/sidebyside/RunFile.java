package io.headrace.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs of a scenario as lines of tab-separated words: contender, number of the run, other load in cores, figure, value;
 * above them a line that says on what and with what they were made. So a report can be put together from scenarios that were
 * run at different times.
 */
final class RunFile {

    private static final String HEAD = "# ";

    private RunFile() {}

    static void write(Path file, String surroundings, List<Run> runs) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD + surroundings);
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            String prefix = run.contender().name() + "\t" + i + "\t" + run.othersCores();
            run.values().forEach((figure, value) -> lines.add(prefix + "\t" + figure + "\t" + value));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }

    static String surroundings(Path file) throws IOException {
        return Files.readAllLines(file).getFirst().substring(HEAD.length());
    }

    static List<Run> read(Path file) throws IOException {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(HEAD)) {
                continue;
            }
            String[] words = line.split("\t", -1);
            Run run = runs.computeIfAbsent(
                    words[1],
                    _ -> new Run(Contender.valueOf(words[0]), new LinkedHashMap<>(), Double.parseDouble(words[2])));
            run.values().put(words[3], Double.parseDouble(words[4]));
        }
        return List.copyOf(runs.values());
    }
}
