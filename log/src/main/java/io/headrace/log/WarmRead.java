package io.headrace.log;

import java.io.IOException;
import java.util.List;

/**
 * A read within a stretch that was read through a short while ago. The owner of the log does it by itself: neither the
 * batches nor the index entries that lead to them have to come from the disk.
 */
final class WarmRead {

    private final SegmentIndex index;
    private final ReadThrough.Stretch stretch;
    private final ReadBounds bounds;

    /** @param index of the active segment, null if the stretch is in a sealed one */
    WarmRead(SegmentIndex index, ReadThrough.Stretch stretch, ReadBounds bounds) {
        this.index = index;
        this.stretch = stretch;
        this.bounds = bounds;
    }

    /** Null if the files do not say where the slice is, so that a disk thread has to find out. */
    LogSlice run(LogFiles files, SegmentView segment, List<AbortedTransaction> leftOut) throws IOException {
        SegmentReader reader = SegmentReader.open(files, segment);
        if (reader == null) {
            return null;
        }
        int start = SegmentIndex.NONE;
        int end = SegmentIndex.NONE;
        try {
            start = startIn(reader);
            end = start == SegmentIndex.NONE ? SegmentIndex.NONE : endIn(reader, start);
        } finally {
            if (end <= start) {
                reader.close();
            }
        }
        if (end == SegmentIndex.NONE) {
            return null;
        }
        return end == start ? LogSlice.EMPTY : reader.slice(start, end - start, leftOut);
    }

    private int startIn(SegmentReader reader) throws IOException {
        long offset = bounds.fetchOffset();
        int known = index == null ? SegmentIndex.NONE : index.floorPosition(offset);
        int from = Math.max(stretch.from(), known == SegmentIndex.NONE ? reader.indexedPosition(offset) : known);
        if (from >= stretch.to()) {
            return SegmentIndex.NONE;
        }
        BatchScanner batches = reader.scan(from, Limits.HEADER_WINDOW_BYTES);
        boolean found = SegmentReader.walk(batches, offset)
                && batches.position() < stretch.to()
                && batches.batch().baseOffset() <= offset;
        return found ? batches.position() : SegmentIndex.NONE;
    }

    /** The end of the last batch that fits, the start if none does. */
    private int endIn(SegmentReader reader, int start) throws IOException {
        long limit = (long) start + bounds.maxBytes();
        if (limit >= stretch.to()) {
            return stretch.to();
        }
        int known = index == null ? SegmentIndex.NONE : index.floorBoundary(limit);
        int end = Math.max(start, known == SegmentIndex.NONE ? reader.indexedBoundary((int) limit) : known);
        BatchScanner batches = reader.scan(end, Limits.HEADER_WINDOW_BYTES);
        while (batches.next() && fits(batches, start, limit)) {
            end = batches.end();
        }
        return batches.damage() == null ? end : SegmentIndex.NONE;
    }

    private boolean fits(BatchScanner batches, int start, long limit) {
        return batches.end() <= limit || (batches.position() == start && bounds.atLeastOneBatch());
    }
}
