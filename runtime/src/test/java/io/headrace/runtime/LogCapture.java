package io.headrace.runtime;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is written to the log meanwhile, which the tests' provider writes to the standard error stream. */
final class LogCapture implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    LogCapture() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Lines that this module has logged. */
    long lines() {
        return text().lines()
                .filter(line -> line.contains("io.headrace.runtime - "))
                .count();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
