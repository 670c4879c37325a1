package io.headrace.benchmarks.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Connections to the broker on one selector. Used by one thread. */
final class LoadClient implements AutoCloseable {

    /** The request that a connection sends next. */
    interface Frames {
        ByteBuffer next(int connection);
    }

    private static final int SCRATCH_BYTES = 1 << 20;

    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final Histogram latencyNanos = new Histogram(3);

    LoadClient(int port, int connectionCount) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < connectionCount; i++) {
            connections.add(new LoadConnection(i, port, selector));
        }
    }

    /**
     * Sends so many requests a second, on each connection in turn, whether or not earlier ones are answered, and waits for
     * all answers. Latency counts from when a request was due. Returns the number of requests.
     */
    int paced(Frames frames, int perSecond, Duration duration) throws IOException {
        latencyNanos.reset();
        int total = (int) (perSecond * duration.toMillis() / 1_000);
        long start = System.nanoTime();
        for (int sent = 0; sent < total; ) {
            long due = start + sent * 1_000_000_000L / perSecond;
            long early = due - System.nanoTime();
            if (early > 0) {
                poll((early + 999_999) / 1_000_000);
            } else {
                LoadConnection connection = connections.get(sent++ % connections.size());
                connection.send(frames.next(connection.index()), due);
            }
        }
        awaitAnswers();
        return total;
    }

    /** Keeps so many requests in flight on each connection, and returns how many were answered. */
    long saturated(Frames frames, int window, Duration duration) throws IOException {
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

    /** Sends so many requests on each connection, as far as the sockets take them, and leaves it at that. */
    void sendWithoutReading(Frames frames, int requests) throws IOException {
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
        List<LoadConnection> answered = new ArrayList<>();
        selector.select(timeoutMs);
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

    /** Of the last run. */
    double latencyMs(double percentile) {
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
