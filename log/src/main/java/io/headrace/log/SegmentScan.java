package io.headrace.log;

import io.headrace.log.BatchScanner.Order;
import io.headrace.ports.DiskFile;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads one segment at the end of a log that is being loaded, from the last index entry that can be trusted on: batches
 * below the recovery point by their headers, those above it wholly. Rebuilds the index entries and the leader epochs from
 * what it reads. Runs on a disk thread, once.
 */
final class SegmentScan {

    private final LogFiles files;
    private final Path path;
    private final DiskFile file;
    private final long baseOffset;
    private final long recoveryPoint;
    private final long durableUpTo;
    private final boolean clean;
    private final Order order;
    private final int sizeInBytes;

    private SegmentIndex index;
    private BatchScanner batches;
    private int flushedBytes;
    private int verifiedFrom;
    private int bytesBelowRecoveryPoint;
    private long bytesVerified;
    private boolean indexRebuilt;
    private boolean indexFilesExact;

    /**
     * @param recoveryPoint up to here nothing needs to be rebuilt
     * @param durableUpTo batches below this offset had been made durable
     * @param clean all of the log had been made durable, and nothing needs to be rebuilt
     * @param order of the batches
     */
    SegmentScan(
            LogFiles files,
            DiskFile file,
            long baseOffset,
            long recoveryPoint,
            long durableUpTo,
            boolean clean,
            Order order)
            throws IOException {
        this.files = files;
        this.path = files.path(baseOffset, FileNames.LOG);
        this.file = file;
        this.baseOffset = baseOffset;
        this.recoveryPoint = recoveryPoint;
        this.durableUpTo = durableUpTo;
        this.clean = clean;
        this.order = order;
        this.sizeInBytes = (int) Math.min(file.size(), Integer.MAX_VALUE);
    }

    void run(LeaderEpochs epochs) throws IOException {
        SegmentIndex.Saved saved =
                SavedIndex.trusted(files, baseOffset, clean ? Long.MAX_VALUE : recoveryPoint, clean, sizeInBytes);
        if (!leadsToBatch(saved)) {
            saved = SegmentIndex.Saved.nothing(baseOffset, false, false);
        }
        index = SegmentIndex.after(baseOffset, saved);
        indexFilesExact = saved.exact();
        verifiedFrom = sizeInBytes;
        flushedBytes = sizeInBytes;
        long first = saved.lastPosition() == 0 ? baseOffset : -1;
        batches = scanner(first, saved.lastPosition());
        while (batches.next() && take(epochs)) {
            // Each batch is taken note of as it comes.
        }
        indexRebuilt = clean ? !saved.intact() : entriesWereLost(saved);
        if (batches.damage() != null && (clean || batches.nextOffset() < durableUpTo)) {
            throw batches.damaged();
        }
        verifiedFrom = Math.min(verifiedFrom, batches.position());
        flushedBytes = Math.min(flushedBytes, batches.position());
    }

    private BatchScanner scanner(long firstOffset, int from) {
        int window = clean ? Limits.HEADER_WINDOW_BYTES : Limits.SCAN_WINDOW_BYTES;
        return new BatchScanner(file, path, order, firstOffset, from, sizeInBytes, window);
    }

    private boolean leadsToBatch(SegmentIndex.Saved saved) throws IOException {
        if (saved.lastPosition() == 0) {
            return true;
        }
        BatchScanner atEntry = new BatchScanner(
                file, path, Order.RISING, baseOffset, saved.lastPosition(), sizeInBytes, RecordBatch.HEADER_BYTES);
        return atEntry.next() && atEntry.batch().baseOffset() <= saved.lastOffset();
    }

    /** False if the batch, which nobody promised would be there, is not whole. */
    private boolean take(LeaderEpochs epochs) throws IOException {
        RecordBatch batch = batches.batch();
        if (batch.nextOffset() <= recoveryPoint) {
            bytesBelowRecoveryPoint = batches.end();
        }
        if (!clean && batch.nextOffset() > durableUpTo) {
            flushedBytes = Math.min(flushedBytes, batches.position());
            if (!batches.verify()) {
                return false;
            }
            verifiedFrom = Math.min(verifiedFrom, batches.position());
            bytesVerified += batch.sizeInBytes();
        }
        index.append(batch.lastOffset(), batches.position(), batch.latestTimestamp(), files.indexIntervalBytes());
        if (batch.leaderEpoch() > epochs.latestEpoch()) {
            epochs.assign(batch.leaderEpoch(), batch.baseOffset());
        }
        return true;
    }

    /** There should have been entries for what had been made durable. */
    private boolean entriesWereLost(SegmentIndex.Saved saved) {
        return saved.offsetEntries() == 0 && bytesBelowRecoveryPoint > 2L * files.indexIntervalBytes();
    }

    SegmentIndex index() {
        return index;
    }

    /** Where the batches end; the offset there is {@link #nextOffset()}. */
    int validBytes() {
        return batches.position();
    }

    long nextOffset() {
        return batches.nextOffset() < 0 ? baseOffset : batches.nextOffset();
    }

    /** Bytes that are not batches, to be cut off. */
    long invalidBytes() throws IOException {
        return file.size() - validBytes();
    }

    int flushedBytes() {
        return flushedBytes;
    }

    int verifiedFrom() {
        return verifiedFrom;
    }

    long bytesVerified() {
        return bytesVerified;
    }

    boolean indexRebuilt() {
        return indexRebuilt;
    }

    /** The index files hold something else than the index. */
    boolean indexFilesDiffer() {
        return !indexFilesExact || index.unsavedEntries() > 0;
    }

    /** Timestamp of the first batch, -1 if there is none. */
    long firstTimestamp() throws IOException {
        BatchScanner fromStart =
                new BatchScanner(file, path, Order.RISING, -1, 0, validBytes(), RecordBatch.HEADER_BYTES);
        return fromStart.next() ? fromStart.batch().maxTimestamp() : RecordBatch.NO_TIMESTAMP;
    }
}
