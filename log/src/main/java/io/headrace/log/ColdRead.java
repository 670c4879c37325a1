package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.List;

/**
 * A read of bytes that are perhaps not in memory, or have not been looked at since this process started: it finds them,
 * reads through them, which brings them into memory, and verifies them. Runs on a disk thread, over views of the segments
 * as they were when the read was asked for.
 */
public final class ColdRead implements DiskWork.Task<LogSlice> {

    private final LogFiles files;
    private final SegmentView[] segments;
    private final int positionInActive;
    private final ReadBounds bounds;
    private final AbortedLookup aborted;
    private final int replacements;
    private ReadThrough.Stretch stretch;

    /**
     * @param segments the one that should hold the offset, and those after it
     * @param positionInActive where to begin in the last segment; {@link SegmentIndex#NONE} if its index files know
     * @param aborted null unless the read is for a read_committed reader
     * @param replacements how often segments of the log had been replaced
     */
    ColdRead(
            LogFiles files,
            SegmentView[] segments,
            int positionInActive,
            ReadBounds bounds,
            AbortedLookup aborted,
            int replacements) {
        this.files = files;
        this.segments = segments;
        this.positionInActive = positionInActive;
        this.bounds = bounds;
        this.aborted = aborted;
        this.replacements = replacements;
    }

    /** What was found whole, once the read has run; null if it is nothing. */
    ReadThrough.Stretch stretch() {
        return stretch;
    }

    int replacements() {
        return replacements;
    }

    @Override
    public LogSlice run() throws IOException {
        for (SegmentView segment : segments) {
            LogSlice slice = readFrom(segment);
            if (slice != null) {
                return slice;
            }
        }
        return LogSlice.EMPTY;
    }

    /** Null if the segment holds no batch that reaches the offset, which is so only where compaction took it away. */
    private LogSlice readFrom(SegmentView segment) throws IOException {
        SegmentReader reader = SegmentReader.open(files, segment);
        if (reader == null) {
            // The reader will be told that its offset is out of range when it asks again.
            return LogSlice.EMPTY;
        }
        LogSlice slice = null;
        try {
            slice = readFrom(segment, reader);
        } finally {
            if (slice == null || slice == LogSlice.EMPTY) {
                reader.close();
            }
        }
        return slice;
    }

    private LogSlice readFrom(SegmentView segment, SegmentReader reader) throws IOException {
        long offset = bounds.fetchOffset();
        int start = segment.isSealed() || positionInActive == SegmentIndex.NONE
                ? reader.find(offset)
                : reader.find(offset, positionInActive);
        if (start == segment.sizeInBytes()) {
            if (!files.gaps()) {
                throw new DamagedLog(reader.path(), start, offset, "it ends before offset " + segment.nextOffset());
            }
            return null;
        }
        BatchScanner batches = reader.scan(start, Math.min(bounds.maxBytes(), Limits.SCAN_WINDOW_BYTES));
        stretch = verify(batches, segment, start);
        if (stretch == null) {
            return LogSlice.EMPTY;
        }
        if (aborted == null) {
            return reader.slice(start, stretch.to() - start, List.of());
        }
        List<AbortedTransaction> leftOut = aborted.find(offset, stretch.upToOffset());
        stretch = stretch.leavingOut(leftOut);
        return reader.slice(start, stretch.to() - start, leftOut);
    }

    /** Whole, verified batches from the start on within the bounds of the read; null if there are none. */
    private ReadThrough.Stretch verify(BatchScanner batches, SegmentView segment, int start) throws IOException {
        int end = start;
        long endOffset = bounds.fetchOffset();
        while ((end == start || end - start < bounds.maxBytes()) && batches.next() && fits(batches, start)) {
            if (!batches.verify()) {
                break;
            }
            end = batches.end();
            endOffset = batches.nextOffset();
        }
        if (batches.damage() != null && end == start) {
            throw batches.damaged();
        }
        return end == start
                ? null
                : ReadThrough.Stretch.ofAll(segment.baseOffset(), bounds.fetchOffset(), endOffset, start, end);
    }

    private boolean fits(BatchScanner batches, int start) {
        if (batches.batch().nextOffset() > bounds.upToOffset()) {
            return false;
        }
        boolean first = batches.position() == start;
        return batches.end() - (long) start <= bounds.maxBytes() || (first && bounds.atLeastOneBatch());
    }
}
