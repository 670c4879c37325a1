package io.headrace.compat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code headrace adopt} of the shipped jar. */
final class AdoptTool {

    private static final int PATIENCE_S = 120;

    private AdoptTool() {}

    /** How it ended, and what it printed on both streams. */
    record Outcome(int exitCode, String said) {}

    static Outcome run(Path kafka, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(ServerProcess.java()));
        command.addAll(List.of("-jar", Checkout.jar().toString(), "adopt", kafka.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it did not end: " + said);
        }
        return new Outcome(process.exitValue(), said);
    }
}
