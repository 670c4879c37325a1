package io.headrace.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A broker in a process of its own: the same Java, the same flags, the same jar. A thread follows what it says; the rest
 * is for the one thread that started it.
 */
final class BrokerChild {

    private static final String HOST = "127.0.0.1";
    private static final String LISTENING = "listening on PLAINTEXT://" + HOST + ":";

    private static final String RECOVERED = "recovered ";

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final List<String> output = new ArrayList<>();
    private final Thread follower;

    private BrokerChild(Process process) {
        this.process = process;
        this.follower = Thread.ofVirtual().start(this::follow);
    }

    /** Starts the process; port 0 is any free one. */
    static BrokerChild launch(Path data, int port) throws IOException {
        return new BrokerChild(new ProcessBuilder(command(data, port))
                .redirectErrorStream(true)
                .start());
    }

    /** Returns when it listens. */
    void awaitListening() throws InterruptedException, DemoFailed {
        try {
            port.get(Limits.BROKER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            kill();
            throw new DemoFailed("the broker did not start:\n" + String.join("\n", output()), e);
        }
    }

    private static List<String> command(Path data, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // A debugger's port is taken by now.
            if (!flag.startsWith("-agent") && !flag.startsWith("-javaagent")) {
                command.add(flag);
            }
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("io.headrace.app.Main");
        command.add("start");
        command.add("--data");
        command.add(data.toString());
        command.add("--set");
        command.add("listeners=PLAINTEXT://" + HOST + ":" + port);
        return command;
    }

    private void follow() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                synchronized (output) {
                    output.add(line);
                    if (output.size() > Limits.OUTPUT_LINES) {
                        output.removeFirst();
                    }
                }
                if (line.startsWith(LISTENING)) {
                    port.complete(Integer.valueOf(line.substring(LISTENING.length(), line.indexOf(','))));
                }
            }
        } catch (IOException | UncheckedIOException closed) {
            port.completeExceptionally(closed);
        }
        port.completeExceptionally(new IOException("the process has ended"));
    }

    int port() {
        return port.join();
    }

    String bootstrap() {
        return HOST + ":" + port();
    }

    long pid() {
        return process.pid();
    }

    /** What it has said lately. */
    List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /** What it says of the logs that it had to look through after an unclean end, without time and level. */
    List<String> recoveries() {
        List<String> recoveries = new ArrayList<>();
        for (String line : output()) {
            int at = line.indexOf(RECOVERED);
            if (at >= 0) {
                recoveries.add(line.substring(at + RECOVERED.length()));
            }
        }
        return recoveries;
    }

    /** SIGKILL: the process gets no chance to do anything more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        follower.join();
    }

    /** SIGTERM: it stops cleanly, or the demo fails. */
    void stop() throws InterruptedException, DemoFailed {
        process.destroy();
        if (!process.waitFor(Limits.BROKER_SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new DemoFailed("the broker did not stop within " + Limits.BROKER_SECONDS + " s");
        }
        follower.join();
    }

    /** As {@link #kill}, for any thread: returns when the process is gone, or soon will be. */
    void killNow() {
        process.destroyForcibly();
        process.onExit()
                .orTimeout(1, TimeUnit.SECONDS)
                .exceptionally(_ -> process)
                .join();
    }
}
