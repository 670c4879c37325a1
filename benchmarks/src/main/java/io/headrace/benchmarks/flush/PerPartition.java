package io.headrace.benchmarks.flush;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One fsync in flight for each dirty file; what is appended meanwhile shares the next one. */
final class PerPartition implements FlushScheme {

    private final List<PartitionFile> files;
    private final Inbox inbox;
    private final Acknowledge acknowledge;
    private final ExecutorService flushers;
    private final Set<PartitionFile> inFlight = new HashSet<>();

    PerPartition(List<PartitionFile> files, Inbox inbox, Acknowledge acknowledge, int threads) {
        this.files = files;
        this.inbox = inbox;
        this.acknowledge = acknowledge;
        this.flushers = Executors.newFixedThreadPool(threads);
    }

    @Override
    public void append(PartitionFile file, ByteBuffer bytes) throws IOException {
        file.append(bytes);
    }

    @Override
    public void flush() {
        for (PartitionFile file : files) {
            if (file.dirty() && inFlight.add(file)) {
                long upTo = file.appended();
                flushers.execute(() -> inbox.report(file::sync, () -> flushed(file, upTo)));
            }
        }
    }

    private void flushed(PartitionFile file, long upTo) {
        inFlight.remove(file);
        acknowledge.upTo(file, upTo);
    }

    @Override
    public void close() {
        flushers.close();
    }
}
