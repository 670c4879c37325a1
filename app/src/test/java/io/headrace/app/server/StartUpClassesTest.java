package io.headrace.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plain start loads on its way to a listening broker: start-up time is made of it. */
class StartUpClassesTest {

    @TempDir
    private Path directory;

    @Test
    void aPlainStartLoadsNoToolsAndNoLogging() throws IOException, InterruptedException {
        List<String> loaded = loadedUntilListening("--data", directory.toString(), "--port", "0");

        assertThat(loaded)
                .contains("io.headrace.broker.Broker")
                .noneMatch(name -> name.startsWith("picocli."))
                .noneMatch(name -> name.startsWith("org.slf4j."))
                .noneMatch(name -> name.startsWith("io.headrace.app.cli."))
                .noneMatch(name -> name.startsWith("io.headrace.app.terminal."))
                .noneMatch(name -> name.startsWith("java.util.regex."))
                .doesNotContain("io.headrace.metadata.config.CatalogFile");
    }

    private static List<String> loadedUntilListening(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                "io.headrace.app.Main",
                "start"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> names = new ArrayList<>();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.contains("[class,load]")) {
                    int from = line.indexOf("] ", line.indexOf("[class,load]")) + 2;
                    names.add(line.substring(from, line.indexOf(' ', from)));
                } else {
                    said.add(line);
                }
                if (line.contains("listening on ")) {
                    return names;
                }
            }
            throw new AssertionError("it did not start: " + said);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
