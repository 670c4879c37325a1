package io.headrace.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The demo's directory and its broker. Both are gone after {@link #close}, which the JVM's shutdown hook calls too, on its
 * own thread, when somebody presses Ctrl-C.
 */
final class Stage implements AutoCloseable {

    private final Path data;
    private final Thread hook = new Thread(this::strike, "demo-end");
    private final AtomicReference<BrokerChild> broker = new AtomicReference<>();
    private final AtomicBoolean struck = new AtomicBoolean();

    private Stage(Path data) {
        this.data = data;
    }

    static Stage set() throws IOException {
        Stage stage = new Stage(Files.createTempDirectory("headrace-demo-"));
        Runtime.getRuntime().addShutdownHook(stage.hook);
        return stage;
    }

    Path data() {
        return data;
    }

    /** Starts a broker after the last one has ended; returns when it listens. Port 0 is any free one. */
    BrokerChild startBroker(int port) throws IOException, InterruptedException, DemoFailed {
        BrokerChild child = BrokerChild.launch(data, port);
        broker.set(child);
        if (struck.get()) {
            child.killNow();
        }
        child.awaitListening();
        return child;
    }

    @Override
    public void close() {
        strike();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs, or has run: it does no harm twice.
            return;
        }
    }

    private void strike() {
        struck.set(true);
        if (broker.get() != null) {
            broker.get().killNow();
        }
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // Struck before, or not ours to delete; there is nothing more to be done.
            return;
        }
    }
}
