package io.headrace.log;

import io.headrace.wire.InvalidRecords;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what is left of some segments that follow on each other into one, batch by batch. Runs on disk threads, one step
 * after another.
 */
final class SegmentCleaning {

    private final LogFiles files;
    private final List<SegmentView> sources;
    private final AbortedAhead aborted;
    private final BatchCleaner cleaner;
    private final CleanedTransactions transactions;
    private final CleanedSegment target;
    private final List<AbortedTransaction> keptAborted = new ArrayList<>(0);
    private int index;
    private int position = -1;
    private boolean changed;

    SegmentCleaning(
            LogFiles files,
            List<SegmentView> sources,
            AbortedAhead aborted,
            BatchCleaner cleaner,
            CleanedTransactions transactions)
            throws IOException {
        this.files = files;
        this.sources = sources;
        this.aborted = aborted;
        this.cleaner = cleaner;
        this.transactions = transactions;
        this.target = new CleanedSegment(files, sources.getFirst().baseOffset());
        this.changed = sources.size() > 1;
    }

    /**
     * The first of the segments, and as many after it as fit with it into one segment of the log's configured size with
     * indexes of the configured size: what is left of them will fit as well.
     */
    static List<SegmentView> group(LogFiles files, List<SegmentView> segments, LogConfig config) throws IOException {
        long logBytes = 0;
        long offsetBytes = 0;
        long timeBytes = 0;
        int count = 0;
        for (SegmentView segment : segments) {
            logBytes += segment.sizeInBytes();
            offsetBytes += sizeOf(files, segment, FileNames.OFFSET_INDEX);
            timeBytes += sizeOf(files, segment, FileNames.TIME_INDEX);
            boolean fits = logBytes <= config.segmentBytes()
                    && offsetBytes <= config.segmentIndexBytes()
                    && timeBytes <= config.segmentIndexBytes()
                    && segment.nextOffset() - 1 - segments.getFirst().baseOffset() <= Integer.MAX_VALUE;
            if (count > 0 && !fits) {
                break;
            }
            count++;
        }
        return segments.subList(0, count);
    }

    private static long sizeOf(LogFiles files, SegmentView segment, String suffix) throws IOException {
        var path = files.path(segment.baseOffset(), suffix);
        return files.disk().exists(path) ? files.disk().size(path) : 0;
    }

    /** Reads about so many bytes on; returns how many were read and written, -1 if a segment has been deleted meanwhile. */
    long step(int bytes) throws IOException {
        if (done()) {
            return 0;
        }
        SegmentView segment = sources.get(index);
        try (SegmentReader reader = SegmentReader.open(files, segment)) {
            if (reader == null) {
                return -1;
            }
            if (position < 0) {
                transactions.expect(aborted.in(segment));
                position = 0;
            }
            int from = position;
            int before = target.sizeInBytes();
            BatchScanner batches = reader.scan(position, Limits.SCAN_WINDOW_BYTES);
            while (position - from < bytes && batches.next() && batches.verify()) {
                clean(batches);
                position = batches.end();
            }
            if (batches.damage() != null) {
                throw batches.damaged();
            }
            target.write();
            int read = position - from;
            if (position == segment.sizeInBytes()) {
                index++;
                position = -1;
            }
            return read + (long) target.sizeInBytes() - before;
        }
    }

    private void clean(BatchScanner batches) throws IOException {
        RecordBatch batch = batches.readWhole();
        ByteBuffer left;
        try {
            left = cleaner.clean(batch);
        } catch (InvalidRecords unreadable) {
            throw batches.damaged(unreadable.getMessage());
        }
        keptAborted.addAll(transactions.takeKept());
        if (left == null) {
            changed = true;
            return;
        }
        changed |= !left.equals(batch.buffer().slice(batch.position(), batch.sizeInBytes()));
        target.append(left);
    }

    boolean done() {
        return index == sources.size();
    }

    /** What to put in place of the sources, everything durable save the names; null if it would be the same again. */
    SegmentReplacement finish() throws IOException {
        if (!changed) {
            SegmentReplacement.discard(files, sources.getFirst().baseOffset());
            return null;
        }
        // An older file of them is replaced by an empty one: that way nothing has to be deleted when the names change.
        boolean listed =
                files.disk().exists(files.path(sources.getFirst().baseOffset(), FileNames.ABORTED_TRANSACTIONS));
        target.finish(keptAborted, listed);
        SegmentView last = sources.getLast();
        SegmentView view = SegmentView.sealed(
                sources.getFirst().baseOffset(),
                last.nextOffset(),
                target.sizeInBytes(),
                target.firstTimestamp(),
                target.maxTimestamp(),
                last.latestMs());
        return new SegmentReplacement(files, sources, keptAborted.isEmpty() ? view : view.withAborts());
    }
}
