package io.headrace.benchmarks.load;

import io.headrace.compat.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;

/** A consumer that reads partition 0 from the beginning up to an offset, on a thread of its own from when it is made. */
public final class CatchUpReader implements AutoCloseable {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_WAIT_MS = 500;

    private final RawClient client;
    private final CompletableFuture<Long> bytesRead;

    private CatchUpReader(RawClient client, String topic, long endOffset) {
        this.client = client;
        this.bytesRead = CompletableFuture.supplyAsync(
                () -> read(topic, endOffset),
                task -> Thread.ofPlatform().name("catch-up").start(task));
    }

    public static CatchUpReader of(int port, String topic, long endOffset) throws IOException {
        return new CatchUpReader(RawClient.connect(port), topic, endOffset);
    }

    private long read(String topic, long endOffset) {
        long bytes = 0;
        try {
            for (long next = 0; next < endOffset; ) {
                Records answer = Requests.tail(client, topic, next, MAX_BYTES, MAX_WAIT_MS);
                bytes += answer.sizeInBytes();
                for (RecordBatch batch : answer.batches()) {
                    next = batch.nextOffset();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    public boolean isDone() {
        return bytesRead.isDone();
    }

    /** Waits for the end; how many bytes of batches came. */
    public long bytesRead() {
        return bytesRead.join();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
