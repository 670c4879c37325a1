package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/**
 * Finds the first record of the highest timestamp in a stretch of the log, as ListOffsets asks for it (KIP-734). What is
 * known of whole segments is used; those that reach beyond the stretch are walked by the headers of their batches. Runs
 * on a disk thread.
 */
final class MaxTimestampLookup implements DiskWork.Task<TimestampOffset> {

    private final LogFiles files;
    private final SegmentView[] segments;
    private final long fromOffset;
    private final long upToOffset;

    MaxTimestampLookup(LogFiles files, SegmentView[] segments, long fromOffset, long upToOffset) {
        this.files = files;
        this.segments = segments;
        this.fromOffset = fromOffset;
        this.upToOffset = upToOffset;
    }

    @Override
    public TimestampOffset run() throws IOException {
        long highest = -1;
        SegmentView first = null;
        for (SegmentView segment : segments) {
            if (segment.nextOffset() > fromOffset
                    && segment.baseOffset() < upToOffset
                    && segment.maxTimestamp() > highest) {
                long max = maxOf(segment);
                if (max > highest) {
                    highest = max;
                    first = segment;
                }
            }
        }
        if (first == null) {
            return TimestampOffset.NONE;
        }
        SegmentView[] only = {first};
        return new TimestampLookup(files, only, highest, fromOffset, upToOffset, SegmentIndex.NONE).run();
    }

    private long maxOf(SegmentView segment) throws IOException {
        if (segment.baseOffset() >= fromOffset && segment.nextOffset() <= upToOffset) {
            return segment.maxTimestamp();
        }
        try (SegmentReader reader = SegmentReader.open(files, segment)) {
            return reader == null ? -1 : walk(reader);
        }
    }

    private long walk(SegmentReader reader) throws IOException {
        BatchScanner batches = reader.scan(reader.find(fromOffset), Limits.HEADER_WINDOW_BYTES);
        long highest = -1;
        while (batches.next() && batches.batch().nextOffset() <= upToOffset) {
            highest = Math.max(highest, batches.batch().maxTimestamp());
        }
        if (batches.damage() != null) {
            throw batches.damaged();
        }
        return highest;
    }
}
