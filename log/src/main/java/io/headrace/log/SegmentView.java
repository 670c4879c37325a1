package io.headrace.log;

/**
 * What a segment was like at one moment: all that a disk thread needs to know of it. For a sealed segment it never changes.
 *
 * @param nextOffset where the next segment begins, or the log end
 * @param maxTimestamp milliseconds, -1 if no batch has a timestamp
 * @param latestMs when the segment was last written as far as retention goes: the highest timestamp, or where there is
 *     none the wall time at which it was sealed or loaded
 * @param offsetEntries entries of the index file that may be looked at
 * @param timeEntries entries of the time index file that may be looked at
 * @param aborts a sealed segment has a {@code .txnindex}: transactions were aborted in it
 */
record SegmentView(
        long baseOffset,
        long nextOffset,
        int sizeInBytes,
        long maxTimestamp,
        long latestMs,
        int offsetEntries,
        int timeEntries,
        boolean aborts) {

    static final int ALL_ENTRIES = Integer.MAX_VALUE;
    static final SegmentView[] NONE = {};

    static SegmentView sealed(long baseOffset, long nextOffset, int sizeInBytes, long maxTimestamp, long wallMs) {
        return new SegmentView(
                baseOffset,
                nextOffset,
                sizeInBytes,
                maxTimestamp,
                maxTimestamp >= 0 ? maxTimestamp : wallMs,
                ALL_ENTRIES,
                ALL_ENTRIES,
                false);
    }

    SegmentView withAborts() {
        return new SegmentView(
                baseOffset, nextOffset, sizeInBytes, maxTimestamp, latestMs, offsetEntries, timeEntries, true);
    }

    boolean isSealed() {
        return offsetEntries == ALL_ENTRIES;
    }
}
