package io.headrace.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A Java program in a process of its own. Used by one thread. Whoever starts it closes it,
 * which kills it, paused or not.
 */
public final class JavaProgram implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Starts sooner, is slower in the long run, and lets several of them live side by side. */
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");

    private final String name;
    private final Process process;
    private final ServerOutput output;

    private JavaProgram(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = ServerOutput.of(process, Pattern.compile("$^"));
    }

    /**
     * Starts it on the class path of the tests.
     *
     * @param name how it is called where something about it is told
     */
    public static JavaProgram start(String name, Class<?> main, String... arguments) {
        return start(name, System.getProperty("java.class.path"), main.getName(), arguments);
    }

    /** Starts it on the classes of the release that Kafka's own programs are of. */
    public static JavaProgram startOfKafka(String name, String main, String... arguments) {
        return start(name, ProgramClasses.classPath(), main, arguments);
    }

    private static JavaProgram start(String name, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ServerProcess.java());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        try {
            return new JavaProgram(
                    name, new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end as {@code kill} does, and returns the exit code. */
    public int stop() {
        // Not Process.destroy, which would also close the stream that its last words are to be read from.
        process.toHandle().destroy();
        return awaitEnd();
    }

    /** Takes all CPU from it, as a machine does that is suspended. */
    public void pause() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int result = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (result != 0) {
                throw new IllegalStateException("kill " + signal + " of " + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw ServerProcess.interrupted(e);
        }
    }

    /** The exit code, once it has ended. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " is still there after " + PATIENCE + "\n" + output());
            }
            output.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw ServerProcess.interrupted(e);
        }
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines that it has printed. */
    public String output() {
        return "---- " + name + ", pid " + process.pid() + (isAlive() ? "" : ", ended with " + process.exitValue())
                + "\n" + output.text() + "\n";
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
