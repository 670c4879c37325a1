package io.headrace.benchmarks.load;

import io.headrace.compat.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * A consumer of partition 0 that waits at its end for so many records and notes when each came. Reads on a thread of its
 * own from when it is made.
 */
public final class TailReader implements AutoCloseable {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_WAIT_MS = 500;
    private static final int PRECISION_DIGITS = 3;

    private final RawClient client;
    private final long[] arrivedNanos;
    private final CompletableFuture<Void> done;

    private TailReader(RawClient client, String topic, int records) {
        this.client = client;
        this.arrivedNanos = new long[records];
        this.done = CompletableFuture.runAsync(
                () -> readAll(topic), task -> Thread.ofPlatform().start(task));
    }

    public static TailReader of(int port, String topic, int records) throws IOException {
        return new TailReader(RawClient.connect(port), topic, records);
    }

    private void readAll(String topic) {
        try {
            for (int next = 0; next < arrivedNanos.length; ) {
                var answer = Requests.tail(client, topic, next, MAX_BYTES, MAX_WAIT_MS);
                long now = System.nanoTime();
                for (RecordBatch batch : answer.batches()) {
                    while (next <= batch.lastOffset()) {
                        arrivedNanos[next++] = now;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the last record; the first was due at that time, and one each interval. */
    public Histogram latenciesNanos(long firstDueNanos, long intervalNanos) {
        done.join();
        Histogram latencies = new Histogram(PRECISION_DIGITS);
        for (int i = 0; i < arrivedNanos.length; i++) {
            latencies.recordValue(Math.max(0, arrivedNanos[i] - firstDueNanos - i * intervalNanos));
        }
        return latencies;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
