package io.headrace.log;

import java.util.Arrays;
import java.util.List;

/**
 * What of a log may be compacted: from its first sealed segment on up to an offset at which a segment begins. Below the first
 * dirty offset every key stands once.
 *
 * @param segments the sealed ones below the end
 */
record CompactionRange(List<SegmentView> segments, long firstDirtyOffset, long upToOffset) {

    /**
     * The rules are Kafka's: never the active segment, nothing that is not stable, no segment with a record younger than
     * {@code min.compaction.lag.ms}, and none after such a one.
     *
     * @param cleanedUpTo where the last compaction ended; not believed if the log is elsewhere
     */
    static CompactionRange of(
            SegmentList segments,
            LogConfig config,
            long cleanedUpTo,
            long logStartOffset,
            long stableOffset,
            long nowWallMs) {
        SegmentView[] sealed = segments.sealed();
        long logEnd = segments.active().nextOffset();
        long dirty = cleanedUpTo < logStartOffset || cleanedUpTo > logEnd ? logStartOffset : cleanedUpTo;
        int count = 0;
        while (count < sealed.length
                && sealed[count].nextOffset() <= stableOffset
                && !isTooYoung(sealed[count], dirty, config, nowWallMs)) {
            count++;
        }
        long end = count == sealed.length ? segments.active().baseOffset() : sealed[count].baseOffset();
        return new CompactionRange(List.of(Arrays.copyOf(sealed, count)), dirty, Math.max(end, dirty));
    }

    private static boolean isTooYoung(SegmentView segment, long dirty, LogConfig config, long nowWallMs) {
        return config.minCompactionLagMs() > 0
                && segment.nextOffset() > dirty
                && segment.maxTimestamp() > nowWallMs - config.minCompactionLagMs();
    }

    boolean isClean() {
        return firstDirtyOffset >= upToOffset;
    }

    /** The segments that hold something that has not been compacted. */
    List<SegmentView> dirty() {
        int first = 0;
        while (first < segments.size() && segments.get(first).nextOffset() <= firstDirtyOffset) {
            first++;
        }
        return segments.subList(first, segments.size());
    }

    CompactionNeed need(LogConfig config, long recoveryPoint, long nowWallMs) {
        if (isClean()) {
            return CompactionNeed.NONE;
        }
        long dirtyBytes = 0;
        boolean overdue = false;
        for (SegmentView segment : dirty()) {
            dirtyBytes += segment.sizeInBytes();
            overdue |= isOverdue(segment, config, nowWallMs);
        }
        long cleanBytes = 0;
        for (SegmentView segment : segments) {
            cleanBytes += segment.baseOffset() < firstDirtyOffset ? segment.sizeInBytes() : 0;
        }
        double ratio = dirtyBytes == 0 ? 0 : (double) dirtyBytes / (cleanBytes + dirtyBytes);
        boolean due = dirtyBytes > 0 && (overdue || ratio > config.minDirtyRatio());
        return new CompactionNeed(due, upToOffset <= recoveryPoint, ratio);
    }

    /** A record of the segment should have been compacted by now. */
    static boolean isOverdue(SegmentView segment, LogConfig config, long nowWallMs) {
        return config.compacts()
                && segment.firstTimestamp() > 0
                && nowWallMs - segment.firstTimestamp() > config.maxCompactionLagMs();
    }
}
