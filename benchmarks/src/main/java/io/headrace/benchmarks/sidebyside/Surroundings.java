package io.headrace.benchmarks.sidebyside;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.common.utils.internals.AppInfoParser;

/** When, on what and with what a comparison was made. */
final class Surroundings {

    private Surroundings() {}

    static String text() throws IOException {
        return String.format(
                "%s, %d x %s, %s of memory, Linux %s, Java %s, Headrace %s, Apache Kafka %s",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                valueOf("/proc/cpuinfo", "model name"),
                valueOf("/proc/meminfo", "MemTotal"),
                System.getProperty("os.version"),
                Runtime.version(),
                commit(),
                AppInfoParser.getVersion());
    }

    private static String valueOf(String file, String key) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown " + key);
    }

    /** With a + where the tree differs from it. */
    private static String commit() {
        try (BufferedReader words = new ProcessBuilder("git", "describe", "--always", "--dirty=+")
                .start()
                .inputReader(StandardCharsets.UTF_8)) {
            String commit = words.readLine();
            return commit == null ? "of no commit" : commit;
        } catch (IOException _) {
            return "of no known commit";
        }
    }
}
