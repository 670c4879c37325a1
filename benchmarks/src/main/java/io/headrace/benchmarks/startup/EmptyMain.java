package io.headrace.benchmarks.startup;

import io.headrace.compat.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;

/** A program that does nothing, to know what a JVM is without one. */
final class EmptyMain {

    private static final long SETTLE_MS = 3_000;

    private EmptyMain() {}

    /** Waits for the end of its input. */
    public static void main(String[] args) throws IOException {
        System.in.read();
    }

    /** How many threads its process has. */
    static int threads() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmptyMain.class.getName())
                .start();
        try {
            Thread.sleep(SETTLE_MS);
            return (int) ProcessFigures.threads(process.pid());
        } finally {
            process.destroyForcibly();
        }
    }
}
