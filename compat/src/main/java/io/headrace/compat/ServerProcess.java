package io.headrace.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, with a data directory and a port that it keeps over its lives. Used by one thread.
 * Whoever starts it closes it, which kills it.
 */
public abstract sealed class ServerProcess implements AutoCloseable permits BrokerProcess, KafkaProcess {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration END_PATIENCE = Duration.ofMinutes(5);

    private final Path dataDirectory;
    private Process process;
    private ServerOutput output;
    private String earlierOutput = "";

    ServerProcess(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** The command line of the next start. */
    abstract List<String> command();

    /** What a line of the output says once the server takes connections. */
    abstract Pattern readyLine();

    /** The line has come. */
    abstract void ready(Matcher line);

    /** Adds a flag for the JVM; where two contradict each other, the later one counts. */
    public abstract ServerProcess jvm(String flag);

    public abstract int port();

    public final String bootstrap() {
        return "127.0.0.1:" + port();
    }

    public final Path dataDirectory() {
        return dataDirectory;
    }

    /** Starts the process and waits until it takes connections. The port is the one of its earlier life, if it had one. */
    public final void start() {
        Matcher line = tryToStart();
        if (line == null) {
            String end = process.isAlive() ? "did not get ready in " + START_PATIENCE : "ended with " + awaitEnd();
            process.destroyForcibly();
            throw new IllegalStateException(end + ": " + String.join(" ", command()) + "\n" + output());
        }
        ready(line);
    }

    /** Starts the process and does not wait: for those who look for themselves when it is up, on a port that they gave. */
    public final void launch() {
        if (output != null) {
            earlierOutput = output();
        }
        try {
            process = new ProcessBuilder(command()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            output = ServerOutput.of(process, readyLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process in the expectation that it refuses, and returns its exit code. */
    public final int startInVain() {
        if (tryToStart() != null) {
            kill();
            throw new IllegalStateException("it started after all\n" + output());
        }
        return awaitEnd();
    }

    private Matcher tryToStart() {
        launch();
        try {
            return output.await(START_PATIENCE);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Kills it as {@code kill -9} does. */
    public final void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end as Ctrl-C or {@code kill} do, and returns the exit code. */
    public final int stop() {
        // Not Process.destroy, which would also close the stream that its last words are to be read from.
        process.toHandle().destroy();
        return awaitEnd();
    }

    public final int awaitEnd() {
        try {
            if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("still there after " + END_PATIENCE + "\n" + output());
            }
            output.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public final boolean isAlive() {
        return process != null && process.isAlive();
    }

    public final long pid() {
        return process.pid();
    }

    /** What it has printed, the last lines of each life. */
    public final String output() {
        return earlierOutput + "---- pid " + process.pid() + "\n" + output.text() + "\n";
    }

    @Override
    public final void close() {
        if (isAlive()) {
            kill();
        }
    }

    /** Runs a command to its end; its output goes into the log, and is told if it fails. */
    static void complete(List<String> command, Path log) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
