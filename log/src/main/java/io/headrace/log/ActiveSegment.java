package io.headrace.log;

import io.headrace.ports.Check;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The segment at the end of a log, which alone is appended to. Belongs to the owner of the log. It answers reads of what
 * this process has written not long ago without asking the disk; for anything else it answers null, and the read is
 * done on a disk thread.
 */
final class ActiveSegment {

    private static final long NO_TIMESTAMP = RecordBatch.NO_TIMESTAMP;

    private final long baseOffset;
    private final SegmentFile file;
    private final SegmentIndex index;
    private final AbortedIndex aborted;
    private final RecentBatches recent = new RecentBatches();
    private final long openedMs;

    /** From this position on the bytes have been written, or read and verified, by this process. */
    private final int verifiedFrom;

    private long nextOffset;

    /** Below this offset everything is durable; the file says how many bytes that is. */
    private long flushedOffset;

    /** Timestamp of the first batch, by which the age of the segment is told; -1 while it is empty. */
    private long firstTimestamp;

    /**
     * @param flushedOffset the offset that belongs to the file's flushed bytes
     * @param openedMs wall time
     */
    ActiveSegment(
            long baseOffset,
            SegmentFile file,
            SegmentIndex index,
            long nextOffset,
            long flushedOffset,
            int verifiedFrom,
            long firstTimestamp,
            long openedMs) {
        this.baseOffset = baseOffset;
        this.file = file;
        this.index = index;
        this.aborted = new AbortedIndex(baseOffset);
        this.nextOffset = nextOffset;
        this.flushedOffset = flushedOffset;
        this.verifiedFrom = verifiedFrom;
        this.firstTimestamp = firstTimestamp;
        this.openedMs = openedMs;
    }

    static ActiveSegment empty(long baseOffset, SegmentFile file, long wallMs) {
        return new ActiveSegment(
                baseOffset, file, SegmentIndex.empty(baseOffset), baseOffset, baseOffset, 0, NO_TIMESTAMP, wallMs);
    }

    long baseOffset() {
        return baseOffset;
    }

    long nextOffset() {
        return nextOffset;
    }

    /** Of the first batch, -1 while there is none. */
    long firstTimestamp() {
        return firstTimestamp;
    }

    SegmentFile file() {
        return file;
    }

    SegmentIndex index() {
        return index;
    }

    AbortedIndex aborted() {
        return aborted;
    }

    int sizeInBytes() {
        return file.writtenBytes();
    }

    // ---- append

    /** Kafka's rule: by size, by the spread of timestamps, by the size of an index, and by what an index can hold. */
    boolean hasRoomFor(int bytes, long lastOffset, long maxTimestamp, long wallMs, LogConfig config, long jitterMs) {
        int size = sizeInBytes();
        if (size == 0) {
            return true;
        }
        long age = firstTimestamp >= 0 ? maxTimestamp - firstTimestamp : wallMs - openedMs;
        return size <= config.segmentBytes() - bytes
                && age <= config.rollMs() - jitterMs
                && !index.full(config.segmentIndexBytes())
                && lastOffset - baseOffset <= Integer.MAX_VALUE;
    }

    /** Writes batches that follow on each other; they have been validated and have their offsets. */
    void append(ByteBuffer batches, RecordBatch walker, int indexIntervalBytes) throws IOException {
        int start = sizeInBytes();
        int bytes = batches.remaining();
        Check.that(bytes <= Integer.MAX_VALUE - start, "a segment has less than 2 GB", start, bytes);
        int first = batches.position();
        file.file().write(batches, start);
        for (int at = first; at < first + bytes; at += walker.sizeInBytes()) {
            walker.wrap(batches, at);
            note(walker, start + at - first, indexIntervalBytes);
        }
        file.wrote(bytes);
    }

    private void note(RecordBatch batch, int position, int indexIntervalBytes) {
        if (position == 0) {
            firstTimestamp = batch.maxTimestamp();
        }
        recent.add(batch.baseOffset(), position);
        index.append(batch.lastOffset(), position, batch.maxTimestamp(), indexIntervalBytes);
        nextOffset = batch.nextOffset();
    }

    // ---- flush

    void flushed(long upToOffset, int upToBytes) {
        flushedOffset = Math.max(flushedOffset, upToOffset);
        file.flushed(upToBytes);
    }

    // ---- read

    /** Null if the disk has to be asked. */
    LogSlice read(ReadBounds bounds) throws IOException {
        long fetchOffset = bounds.fetchOffset();
        int visible = positionOf(bounds.upToOffset());
        if (visible == SegmentIndex.NONE) {
            return null;
        }
        int start;
        int end;
        int found = recent.find(fetchOffset);
        if (found != RecentBatches.NONE) {
            start = recent.positionOf(found);
            end = recent.endOf(found, sizeInBytes());
        } else {
            BatchScanner batch = findByIndex(fetchOffset);
            if (batch == null) {
                return null;
            }
            start = batch.position();
            end = batch.end();
        }
        if (start < verifiedFrom || start < sizeInBytes() - Limits.HOT_TAIL_BYTES) {
            return null;
        }
        int length = cut(start, end, bounds, visible) - start;
        if (length == 0) {
            return LogSlice.EMPTY;
        }
        // More of them than the slice may need: a reader looks only for those of the batches that it has.
        List<AbortedTransaction> leftOut =
                bounds.committed() ? aborted.overlapping(fetchOffset, bounds.upToOffset()) : List.of();
        return new LogSlice(file.lease(), start, length, leftOut);
    }

    /** Stands at the batch that holds the offset; null if only the index files can tell where that is. */
    private BatchScanner findByIndex(long offset) throws IOException {
        int from = index.floorPosition(offset);
        if (from == SegmentIndex.NONE || from < verifiedFrom) {
            return null;
        }
        BatchScanner batches = new BatchScanner(
                file.file(),
                file.path(),
                BatchScanner.Order.RISING,
                -1,
                from,
                sizeInBytes(),
                Limits.HEADER_WINDOW_BYTES);
        while (batches.next()) {
            if (batches.batch().lastOffset() >= offset) {
                return batches;
            }
        }
        return null;
    }

    /** Where the batch of the offset begins, of the offsets that readers are shown the log up to. */
    private int positionOf(long offset) {
        if (offset >= nextOffset) {
            return sizeInBytes();
        }
        if (offset == flushedOffset) {
            return file.flushedBytes();
        }
        int found = recent.find(offset);
        return found == RecentBatches.NONE ? SegmentIndex.NONE : recent.positionOf(found);
    }

    /** Where to end a slice that begins with the batch from start to end: at the end of a batch, and visible. */
    private int cut(int start, int end, ReadBounds bounds, int visible) {
        long limit = (long) start + bounds.maxBytes();
        if (end > visible || (end > limit && !bounds.atLeastOneBatch())) {
            return start;
        }
        if (limit >= visible) {
            return visible;
        }
        int boundary = recent.floorPosition(limit);
        if (boundary == RecentBatches.NONE) {
            boundary = index.floorBoundary(limit);
        }
        return Math.max(boundary, end);
    }

    // ---- seal

    SegmentView view() {
        return new SegmentView(
                baseOffset,
                nextOffset,
                sizeInBytes(),
                firstTimestamp,
                index.maxTimestamp(),
                index.maxTimestamp() >= 0 ? index.maxTimestamp() : openedMs,
                index.savedOffsetEntries(),
                index.savedTimeEntries(),
                false,
                true);
    }
}
