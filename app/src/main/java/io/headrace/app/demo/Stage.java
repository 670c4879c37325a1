package io.headrace.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo's directory and its broker. Both are gone after {@link #close}, which the JVM's shutdown hook calls too, on its
 * own thread, when somebody presses Ctrl-C.
 */
final class Stage implements AutoCloseable {

    private final Path data;
    private final Thread hook = new Thread(this::strike, "demo-end");
    private BrokerChild broker;
    private boolean struck;

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
        BrokerChild child = launch(port);
        child.awaitListening();
        return child;
    }

    private synchronized BrokerChild launch(int port) throws IOException, DemoFailed {
        if (struck) {
            throw new DemoFailed("interrupted");
        }
        broker = BrokerChild.launch(data, port);
        return broker;
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

    private synchronized void strike() {
        struck = true;
        if (broker != null) {
            broker.killNow();
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
