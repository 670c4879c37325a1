package io.headrace.benchmarks.flush;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Rounds: whatever is dirty is flushed by all threads together, and acknowledged in one go when the last is done. */
final class PerRound implements FlushScheme {

    private final List<PartitionFile> files;
    private final Inbox inbox;
    private final Acknowledge acknowledge;
    private final ExecutorService flushers;
    private final Map<PartitionFile, Long> round = new LinkedHashMap<>();
    private int missing;

    PerRound(List<PartitionFile> files, Inbox inbox, Acknowledge acknowledge, int threads) {
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
        if (missing > 0) {
            return;
        }
        for (PartitionFile file : files) {
            if (file.dirty()) {
                round.put(file, file.appended());
            }
        }
        missing = round.size();
        for (PartitionFile file : round.keySet()) {
            flushers.execute(() -> inbox.report(file::sync, this::flushed));
        }
    }

    private void flushed() {
        missing--;
        if (missing == 0) {
            round.forEach(acknowledge::upTo);
            round.clear();
        }
    }

    @Override
    public void close() {
        flushers.close();
    }
}
