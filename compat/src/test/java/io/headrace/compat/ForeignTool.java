package io.headrace.compat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that is a program of its own. Where it is not installed its test is skipped, and says so. */
final class ForeignTool {

    private static final int PATIENCE_S = 60;
    private static final int CHARS_SHOWN = 2_000;

    private final List<String> command;

    private ForeignTool(List<String> command) {
        this.command = command;
    }

    /** The tool, if the probe of it (its version, say) runs. */
    static ForeignTool orSkip(String name, List<String> probe, String... command) throws Exception {
        assumeTrue(runs(probe), name + " is not installed");
        return new ForeignTool(List.of(command));
    }

    private static boolean runs(List<String> probe) throws InterruptedException {
        try {
            return new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** What it prints, once it has ended well. */
    String run(String... arguments) throws Exception {
        return runWith("", arguments);
    }

    String runWith(String input, String... arguments) throws Exception {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        Path out = Files.createTempFile("headrace-tool-", ".out");
        Path err = Files.createTempFile("headrace-tool-", ".err");
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", whole)
                        + (ended ? " ended with " + process.exitValue() : " did not end")
                        + "\n" + beginning(out) + beginning(err));
            }
            return Files.readString(out);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String beginning(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, Math.min(text.length(), CHARS_SHOWN));
    }
}
