package io.headrace.log;

import io.headrace.ports.DiskWork;
import io.headrace.wire.InvalidRecords;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.io.IOException;

/**
 * Finds the first record at or after a time, as ListOffsets asks for it, within the log as it was when the search was asked
 * for. Runs on a disk thread.
 */
final class TimestampLookup implements DiskWork.Task<TimestampOffset> {

    private final LogFiles files;
    private final SegmentView[] segments;
    private final long timestampMs;
    private final long fromOffset;
    private final long upToOffset;
    private final int positionInActive;

    /** @param positionInActive where to begin in the last segment; {@link SegmentIndex#NONE} if its index files know */
    TimestampLookup(
            LogFiles files,
            SegmentView[] segments,
            long timestampMs,
            long fromOffset,
            long upToOffset,
            int positionInActive) {
        this.files = files;
        this.segments = segments;
        this.timestampMs = timestampMs;
        this.fromOffset = fromOffset;
        this.upToOffset = upToOffset;
        this.positionInActive = positionInActive;
    }

    @Override
    public TimestampOffset run() throws IOException {
        for (SegmentView segment : segments) {
            if (segment.nextOffset() > fromOffset
                    && segment.baseOffset() < upToOffset
                    && segment.maxTimestamp() >= timestampMs) {
                TimestampOffset found = searchIn(segment);
                if (found.exists()) {
                    return found;
                }
            }
        }
        return TimestampOffset.NONE;
    }

    private TimestampOffset searchIn(SegmentView segment) throws IOException {
        try (SegmentReader reader = SegmentReader.open(files, segment)) {
            if (reader == null) {
                return TimestampOffset.NONE;
            }
            int start = segment.isSealed() || positionInActive == SegmentIndex.NONE
                    ? reader.findBeforeTime(timestampMs, fromOffset)
                    : positionInActive;
            return search(reader.scan(start, Limits.HEADER_WINDOW_BYTES));
        }
    }

    private TimestampOffset search(BatchScanner batches) throws IOException {
        while (batches.next() && batches.batch().baseOffset() < upToOffset) {
            if (batches.batch().maxTimestamp() >= timestampMs && batches.batch().lastOffset() >= fromOffset) {
                TimestampOffset found = searchIn(batches);
                if (found.exists()) {
                    return found;
                }
            }
        }
        if (batches.damage() != null) {
            throw batches.damaged();
        }
        return TimestampOffset.NONE;
    }

    private TimestampOffset searchIn(BatchScanner batches) throws IOException {
        if (!batches.verify()) {
            throw batches.damaged();
        }
        RecordBatch batch = batches.readWhole();
        try (RecordCursor records = new RecordCursor()) {
            records.open(batch);
            while (records.next()) {
                if (records.timestamp() >= timestampMs
                        && records.offset() >= fromOffset
                        && records.offset() < upToOffset) {
                    return new TimestampOffset(records.offset(), records.timestamp(), batch.leaderEpoch());
                }
            }
            return TimestampOffset.NONE;
        } catch (InvalidRecords unreadable) {
            throw batches.damaged(unreadable.getMessage());
        }
    }
}
