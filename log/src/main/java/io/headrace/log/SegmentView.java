package io.headrace.log;

/**
 * What a segment was like at one moment: all that a disk thread needs to know of it. For a sealed segment it never changes,
 * save that compaction puts another view in its place.
 *
 * @param nextOffset where the next segment begins, or the log end
 * @param firstTimestamp the highest of the first batch, in milliseconds; -1 if it has none or is not known
 * @param maxTimestamp milliseconds, -1 if no batch has a timestamp
 * @param latestMs when the segment was last written as far as retention goes: the highest timestamp, or where there is
 *     none the wall time at which it was sealed or loaded
 * @param offsetEntries entries of the index file that may be looked at
 * @param timeEntries entries of the time index file that may be looked at
 * @param aborts a sealed segment has a {@code .txnindex}: transactions were aborted in it
 * @param inPlace its files bear their final names, and not yet those that compaction wrote them under
 */
record SegmentView(
        long baseOffset,
        long nextOffset,
        int sizeInBytes,
        long firstTimestamp,
        long maxTimestamp,
        long latestMs,
        int offsetEntries,
        int timeEntries,
        boolean aborts,
        boolean inPlace) {

    static final int ALL_ENTRIES = Integer.MAX_VALUE;
    static final SegmentView[] NONE = {};

    static SegmentView sealed(
            long baseOffset, long nextOffset, int sizeInBytes, long firstTimestamp, long maxTimestamp, long wallMs) {
        return new SegmentView(
                baseOffset,
                nextOffset,
                sizeInBytes,
                firstTimestamp,
                maxTimestamp,
                maxTimestamp >= 0 ? maxTimestamp : wallMs,
                ALL_ENTRIES,
                ALL_ENTRIES,
                false,
                true);
    }

    SegmentView withAborts() {
        return sealedAs(true, inPlace);
    }

    SegmentView moving() {
        return sealedAs(aborts, false);
    }

    private SegmentView sealedAs(boolean withAborts, boolean placed) {
        return new SegmentView(
                baseOffset,
                nextOffset,
                sizeInBytes,
                firstTimestamp,
                maxTimestamp,
                latestMs,
                offsetEntries,
                timeEntries,
                withAborts,
                placed);
    }

    boolean isSealed() {
        return offsetEntries == ALL_ENTRIES;
    }
}
