package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.List;

/**
 * A read of bytes that are perhaps not in memory, or have not been looked at since this process started: it finds them,
 * reads through them, which brings them into memory, and verifies them. Runs on a disk thread, over views of the segments
 * as they were when the read was asked for.
 */
final class ColdRead implements DiskWork.Task<LogSlice> {

    private final LogFiles files;
    private final SegmentView[] segments;
    private final long fetchOffset;
    private final int maxBytes;
    private final boolean atLeastOneBatch;
    private final long upToOffset;
    private final AbortedLookup aborted;
    private long endOffset;

    /**
     * @param segments the one that should hold the offset, and those after it
     * @param aborted null unless the read is for a read_committed reader
     */
    ColdRead(
            LogFiles files,
            SegmentView[] segments,
            long fetchOffset,
            int maxBytes,
            boolean atLeastOneBatch,
            long upToOffset,
            AbortedLookup aborted) {
        this.files = files;
        this.segments = segments;
        this.fetchOffset = fetchOffset;
        this.maxBytes = maxBytes;
        this.atLeastOneBatch = atLeastOneBatch;
        this.upToOffset = upToOffset;
        this.aborted = aborted;
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
        int start = reader.find(fetchOffset);
        if (start == segment.sizeInBytes()) {
            if (!files.gaps()) {
                throw new DamagedLog(
                        reader.path(), start, fetchOffset, "it ends before offset " + segment.nextOffset());
            }
            return null;
        }
        int length = verify(reader.scan(start, Math.min(maxBytes, Limits.SCAN_WINDOW_BYTES)), start);
        if (length == 0) {
            return LogSlice.EMPTY;
        }
        List<AbortedTransaction> leftOut = aborted == null ? List.of() : aborted.find(fetchOffset, endOffset);
        return new LogSlice(new SegmentFile(reader.file(), reader.path(), 0, 0), start, length, leftOut);
    }

    /** Bytes from the start on that are whole, verified batches within the bounds of the read. */
    private int verify(BatchScanner batches, int start) throws IOException {
        int end = start;
        while ((end == start || end - start < maxBytes) && batches.next() && fits(batches, start)) {
            if (!batches.verify()) {
                break;
            }
            end = batches.end();
            endOffset = batches.nextOffset();
        }
        if (batches.damage() != null && end == start) {
            throw batches.damaged();
        }
        return end - start;
    }

    private boolean fits(BatchScanner batches, int start) {
        if (batches.batch().nextOffset() > upToOffset) {
            return false;
        }
        boolean first = batches.position() == start;
        return batches.end() - (long) start <= maxBytes || (first && atLeastOneBatch);
    }
}
