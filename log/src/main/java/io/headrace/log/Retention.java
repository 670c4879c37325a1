package io.headrace.log;

import io.headrace.ports.Time;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Which segments of a log have had their time, and which of those taken out are due for deletion. Kafka's rules: from the
 * oldest segment on, by time, then by size, then by the log start offset, and never beyond the high watermark.
 */
final class Retention {

    /** A segment taken out of the log, whose files go at the time on the monotonic clock, in the order in which they were taken out. */
    private record Doomed(long baseOffset, long dueMs) {}

    private static final long[] NONE = {};

    private ArrayDeque<Doomed> doomed;

    /** How many of the segments, from the first on, have expired. */
    static int expired(
            SegmentView[] segments, LogConfig config, long nowWallMs, long highWatermark, long logStartOffset) {
        int count = 0;
        if (config.deletes() && config.retentionMs() >= 0) {
            while (isBelow(segments, count, highWatermark)
                    && nowWallMs - segments[count].latestMs() > config.retentionMs()) {
                count++;
            }
        }
        if (config.deletes() && config.retentionBytes() >= 0) {
            long excess = bytesFrom(segments, count) - config.retentionBytes();
            while (isBelow(segments, count, highWatermark) && excess >= segments[count].sizeInBytes()) {
                excess -= segments[count].sizeInBytes();
                count++;
            }
        }
        while (isBelow(segments, count, Math.min(highWatermark, logStartOffset))) {
            count++;
        }
        return count;
    }

    private static boolean isBelow(SegmentView[] segments, int index, long offset) {
        return index < segments.length && segments[index].nextOffset() <= offset;
    }

    private static long bytesFrom(SegmentView[] segments, int first) {
        long bytes = 0;
        for (int i = first; i < segments.length; i++) {
            bytes += segments[i].sizeInBytes();
        }
        return bytes;
    }

    void add(long[] baseOffsets, long dueMs) {
        if (doomed == null) {
            doomed = new ArrayDeque<>();
        }
        for (long baseOffset : baseOffsets) {
            doomed.add(new Doomed(baseOffset, dueMs));
        }
    }

    /** Takes out those whose time has come. */
    long[] takeDue(Time time) {
        if (doomed == null) {
            return NONE;
        }
        long now = time.monotonicMs();
        long[] due = new long[doomed.size()];
        int count = 0;
        while (!doomed.isEmpty() && doomed.element().dueMs() <= now) {
            due[count++] = doomed.remove().baseOffset();
        }
        return Arrays.copyOf(due, count);
    }
}
