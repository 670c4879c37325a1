package io.headrace.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;

/** Connections to the broker on one selector. Used by one thread. */
public final class LoadClient implements AutoCloseable {

    /** The request that a connection sends next. */
    public interface Frames {
        ByteBuffer next(int connection);
    }

    private static final int SCRATCH_BYTES = 1 << 20;

    /** A selector waits for whole milliseconds; what is due sooner is waited for more exactly. */
    private static final long COARSE_NANOS = 2_000_000;

    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final Histogram latencyNanos = new Histogram(3);
    private long startNanos;

    public LoadClient(int port, int connectionCount) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < connectionCount; i++) {
            connections.add(new LoadConnection(i, port, selector));
        }
    }

    /**
     * Sends so many requests a second, on each connection in turn, whether or not earlier ones are answered, and waits for
     * all answers. Latency counts from when a request was due. Returns the number of requests.
     */
    public int paced(Frames frames, int perSecond, Duration duration) throws IOException {
        int total = (int) (perSecond * duration.toMillis() / 1_000);
        return pacedWhile(sent -> sent < total, frames, perSecond);
    }

    /** The same, as long as the predicate holds for the number of requests that were sent. */
    public int pacedWhile(IntPredicate more, Frames frames, int perSecond) throws IOException {
        latencyNanos.reset();
        startNanos = System.nanoTime();
        int sent = 0;
        while (more.test(sent)) {
            long due = startNanos + sent * 1_000_000_000L / perSecond;
            long early = due - System.nanoTime();
            if (early > COARSE_NANOS) {
                poll((early - COARSE_NANOS / 2) / 1_000_000);
            } else if (early > 0) {
                LockSupport.parkNanos(early);
                pollNow();
            } else {
                LoadConnection connection = connections.get(sent++ % connections.size());
                connection.send(frames.next(connection.index()), due);
            }
        }
        awaitAnswers();
        return sent;
    }

    /** Keeps so many requests in flight on each connection, and returns how many were answered. */
    public long saturated(Frames frames, int window, Duration duration) throws IOException {
        latencyNanos.reset();
        sendWithoutReading(frames, window);
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            for (LoadConnection connection : poll(1)) {
                while (connection.unanswered() < window) {
                    connection.send(frames.next(connection.index()), System.nanoTime());
                }
            }
        }
        awaitAnswers();
        return latencyNanos.getTotalCount();
    }

    /** Keeps so many requests in flight on each connection until so many have been sent, and waits for all answers. */
    public void exactly(Frames frames, int window, long total) throws IOException {
        latencyNanos.reset();
        long sent = 0;
        Collection<LoadConnection> ready = connections;
        while (sent < total) {
            for (LoadConnection connection : ready) {
                for (; connection.unanswered() < window && sent < total; sent++) {
                    connection.send(frames.next(connection.index()), System.nanoTime());
                }
            }
            ready = poll(1);
        }
        awaitAnswers();
    }

    /** Sends so many requests on each connection, as far as the sockets take them, and leaves it at that. */
    public void sendWithoutReading(Frames frames, int requests) throws IOException {
        for (LoadConnection connection : connections) {
            for (int i = 0; i < requests; i++) {
                connection.send(frames.next(connection.index()), System.nanoTime());
            }
        }
    }

    private void awaitAnswers() throws IOException {
        for (LoadConnection connection : connections) {
            while (connection.unanswered() > 0) {
                poll(1);
            }
        }
    }

    /** Moves what can be moved, after waiting for it if need be, and returns the connections that got answers. */
    private List<LoadConnection> poll(long timeoutMs) throws IOException {
        selector.select(timeoutMs);
        return moveSelected();
    }

    private void pollNow() throws IOException {
        selector.selectNow();
        moveSelected();
    }

    private List<LoadConnection> moveSelected() throws IOException {
        List<LoadConnection> answered = new ArrayList<>();
        for (SelectionKey key : selector.selectedKeys()) {
            LoadConnection connection = (LoadConnection) key.attachment();
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable() && connection.read(scratch, latencyNanos) > 0) {
                answered.add(connection);
            }
        }
        selector.selectedKeys().clear();
        return answered;
    }

    /** When the first request of the last paced run was due. */
    public long startNanos() {
        return startNanos;
    }

    /** Bytes of all answers since the connections were made. */
    public long bytesAnswered() {
        return connections.stream().mapToLong(LoadConnection::bytesAnswered).sum();
    }

    /** Of the last run. */
    public double latencyMs(double percentile) {
        return latencyNanos.getValueAtPercentile(percentile) / 1e6;
    }

    @Override
    public void close() throws IOException {
        for (LoadConnection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
