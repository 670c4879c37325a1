package io.headrace.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kafka's DumpLogSegments as a process, on Kafka's classes of its own release. */
final class DumpTool {

    private static final int PATIENCE_S = 60;

    /** The tool takes the first record of every segment but the first for one that does not follow its predecessor. */
    private static final Pattern FALSE_ALARM =
            Pattern.compile("Non-consecutive offsets in .*\\R  -1 is followed by \\d+\\R(?!  )");

    private static final Pattern GAP = Pattern.compile("Non-consecutive offsets in .*|\\s*-?\\d+ is followed by \\d+");

    private DumpTool() {}

    /** Of the partitions whose directories begin so, the files that end so and have something in them. */
    static List<Path> files(ServerProcess server, String partitions, List<String> suffixes) throws IOException {
        try (Stream<Path> paths = Files.walk(server.dataDirectory())) {
            return paths.filter(
                            path -> path.getParent().getFileName().toString().startsWith(partitions))
                    .filter(path ->
                            suffixes.stream().anyMatch(suffix -> path.toString().endsWith(suffix)))
                    .filter(path -> path.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    /**
     * What it makes of these files.
     *
     * @param printed its findings, a line for each batch, record or index entry
     * @param complaints what it found wrong, which it writes to its error output; empty if all is well
     */
    record Dump(String printed, String complaints) {

        /** The complaints, but for those about gaps between offsets, which compaction leaves. */
        String complaintsBesideGaps() {
            return complaints
                    .lines()
                    .filter(line -> !GAP.matcher(line).matches())
                    .collect(Collectors.joining("\n"));
        }

        /** How many lines begin so. */
        long lines(String beginning) {
            return printed.lines().filter(line -> line.startsWith(beginning)).count();
        }
    }

    static Dump of(List<Path> files, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                ProgramClasses.classPath(),
                "org.apache.kafka.tools.DumpLogSegments",
                "--files",
                files.stream().map(Path::toString).collect(Collectors.joining(","))));
        command.addAll(List.of(options));
        Path out = Files.createTempFile("headrace-dump-", ".out");
        Path err = Files.createTempFile("headrace-dump-", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the dump tool does not end");
            }
            return new Dump(
                    Files.readString(out),
                    FALSE_ALARM.matcher(Files.readString(err)).replaceAll(""));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
