package io.headrace.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The offset index and the time index of a segment that grows: the latest entries, of which those that are not in the files
 * yet are handed out as an {@link IndexSave}. Entries are made at the same batches as in Kafka: one more than the interval
 * behind the last, holding the batch's last offset and position, and at the same time the highest timestamp so far and
 * the last offset of its batch, if it is higher than in the entry before. Owned by whoever owns the log.
 */
final class SegmentIndex {

    static final int NONE = -1;

    private static final int INITIAL_CAPACITY = 16;

    private final long baseOffset;

    /** From this offset on the entries in memory are complete; the batch at the position comes before what they say. */
    private int anchorOffset;

    private int anchorPosition;

    private int[] offsets = {};
    private int[] positions = {};
    private int offsetCount;
    private int offsetEntries;
    private int offsetEntriesSaved;
    private int lastPosition;

    private long[] timestamps = {};
    private int[] timestampOffsets = {};
    private int timeCount;
    private int timeEntries;
    private int timeEntriesSaved;
    private long lastTimestamp;

    private long maxTimestamp;
    private long offsetOfMaxTimestamp;

    private SegmentIndex(long baseOffset, Saved saved) {
        this.baseOffset = baseOffset;
        anchorOffset = (int) (saved.lastOffset() - baseOffset);
        anchorPosition = saved.lastPosition();
        lastPosition = saved.lastPosition();
        offsetEntries = saved.offsetEntries();
        offsetEntriesSaved = saved.offsetEntries();
        timeEntries = saved.timeEntries();
        timeEntriesSaved = saved.timeEntries();
        lastTimestamp = saved.lastTimestamp();
        maxTimestamp = saved.lastTimestamp();
        offsetOfMaxTimestamp = saved.lastTimestampOffset();
    }

    /**
     * What the files of a segment hold already: how many entries, and the last of each.
     *
     * @param lastOffset the base offset of the segment if there is no entry
     * @param lastTimestamp -1 if there is no entry
     * @param intact there are files, and nothing but entries that may be right in them
     * @param exact there is nothing else in the files, if there are files
     */
    record Saved(
            int offsetEntries,
            long lastOffset,
            int lastPosition,
            int timeEntries,
            long lastTimestamp,
            long lastTimestampOffset,
            boolean intact,
            boolean exact) {

        static Saved nothing(long baseOffset, boolean intact, boolean exact) {
            return new Saved(0, baseOffset, 0, 0, -1, baseOffset, intact, exact);
        }
    }

    static SegmentIndex empty(long baseOffset) {
        return new SegmentIndex(baseOffset, Saved.nothing(baseOffset, true, true));
    }

    static SegmentIndex after(long baseOffset, Saved saved) {
        return new SegmentIndex(baseOffset, saved);
    }

    /** Takes note of the batch at the position. */
    void append(long lastOffset, int position, long batchMaxTimestamp, int intervalBytes) {
        if (batchMaxTimestamp > maxTimestamp) {
            maxTimestamp = batchMaxTimestamp;
            offsetOfMaxTimestamp = lastOffset;
        }
        if (position - lastPosition > intervalBytes) {
            addOffset((int) (lastOffset - baseOffset), position);
            addTimestamp();
        }
    }

    private void addOffset(int offset, int position) {
        if (offsetCount == offsets.length) {
            int capacity = Math.max(INITIAL_CAPACITY, 2 * offsetCount);
            offsets = Arrays.copyOf(offsets, capacity);
            positions = Arrays.copyOf(positions, capacity);
        }
        offsets[offsetCount] = offset;
        positions[offsetCount] = position;
        offsetCount++;
        offsetEntries++;
        lastPosition = position;
    }

    private void addTimestamp() {
        if (maxTimestamp <= lastTimestamp) {
            return;
        }
        if (timeCount == timestamps.length) {
            int capacity = Math.max(INITIAL_CAPACITY, 2 * timeCount);
            timestamps = Arrays.copyOf(timestamps, capacity);
            timestampOffsets = Arrays.copyOf(timestampOffsets, capacity);
        }
        timestamps[timeCount] = maxTimestamp;
        timestampOffsets[timeCount] = (int) (offsetOfMaxTimestamp - baseOffset);
        timeCount++;
        timeEntries++;
        lastTimestamp = maxTimestamp;
    }

    /** Milliseconds, -1 if no batch has a timestamp. */
    long maxTimestamp() {
        return maxTimestamp;
    }

    /** One slot of the time index is kept for the entry that is made when the segment is sealed. */
    boolean full(int maxBytes) {
        return offsetEntries >= maxBytes / IndexFile.OFFSET_ENTRY_BYTES
                || timeEntries >= maxBytes / IndexFile.TIME_ENTRY_BYTES - 1;
    }

    // ---- search

    /** A position at or before the batch that holds the offset; {@link #NONE} if only the file can tell. */
    int floorPosition(long offset) {
        long relative = offset - baseOffset;
        if (relative < anchorOffset) {
            return NONE;
        }
        int slot = floor(offsets, offsetCount, (int) relative);
        return slot < 0 ? anchorPosition : positions[slot];
    }

    /** The last known beginning of a batch at or before the position; {@link #NONE} if only the file can tell. */
    int floorBoundary(long position) {
        if (position < anchorPosition) {
            return NONE;
        }
        int slot = floor(positions, offsetCount, (int) Math.min(position, Integer.MAX_VALUE));
        return slot < 0 ? anchorPosition : positions[slot];
    }

    /**
     * A position at or before the first batch with a timestamp at or after the given one; {@link #NONE} if only the files
     * can tell.
     */
    int floorPositionOfTime(long timestampMs) {
        int slot = timeCount - 1;
        while (slot >= 0 && timestamps[slot] > timestampMs) {
            slot--;
        }
        return slot < 0 ? NONE : floorPosition(baseOffset + timestampOffsets[slot]);
    }

    private static int floor(int[] sorted, int count, int key) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    // ---- saving

    int savedOffsetEntries() {
        return offsetEntriesSaved;
    }

    int savedTimeEntries() {
        return timeEntriesSaved;
    }

    int unsavedEntries() {
        return offsetEntries - offsetEntriesSaved;
    }

    /** The entries that are not in the files yet. */
    IndexSave unsaved() {
        return save(false);
    }

    /** As {@link #unsaved()}, where the files may hold entries that are not to be believed. */
    IndexSave replacing() {
        return save(true);
    }

    /** As {@link #unsaved()}, for a segment that is sealed or closed: the time index ends with the highest timestamp. */
    IndexSave rest() {
        addTimestamp();
        return save(true);
    }

    private IndexSave save(boolean cut) {
        int unsavedOffsets = offsetEntries - offsetEntriesSaved;
        ByteBuffer offsetBytes = ByteBuffer.allocate(unsavedOffsets * IndexFile.OFFSET_ENTRY_BYTES);
        for (int i = offsetCount - unsavedOffsets; i < offsetCount; i++) {
            offsetBytes.putInt(offsets[i]).putInt(positions[i]);
        }
        int unsavedTimes = timeEntries - timeEntriesSaved;
        ByteBuffer timeBytes = ByteBuffer.allocate(unsavedTimes * IndexFile.TIME_ENTRY_BYTES);
        for (int i = timeCount - unsavedTimes; i < timeCount; i++) {
            timeBytes.putLong(timestamps[i]).putInt(timestampOffsets[i]);
        }
        return new IndexSave(
                baseOffset, offsetEntriesSaved, offsetBytes.flip(), timeEntriesSaved, timeBytes.flip(), cut);
    }

    /** The entries are in the files now; in memory only the latest remain. */
    void saved(IndexSave save) {
        offsetEntriesSaved = Math.max(offsetEntriesSaved, save.offsetEntriesAfter());
        timeEntriesSaved = Math.max(timeEntriesSaved, save.timeEntriesAfter());
        dropOffsets(Math.min(
                offsetCount - Limits.INDEX_ENTRIES_IN_MEMORY / 2, offsetCount - (offsetEntries - offsetEntriesSaved)));
        dropTimes(
                Math.min(timeCount - Limits.INDEX_ENTRIES_IN_MEMORY / 2, timeCount - (timeEntries - timeEntriesSaved)));
    }

    private void dropOffsets(int oldest) {
        if (offsetCount <= Limits.INDEX_ENTRIES_IN_MEMORY || oldest <= 0) {
            return;
        }
        anchorOffset = offsets[oldest - 1];
        anchorPosition = positions[oldest - 1];
        offsets = Arrays.copyOfRange(offsets, oldest, offsetCount);
        positions = Arrays.copyOfRange(positions, oldest, offsetCount);
        offsetCount -= oldest;
    }

    private void dropTimes(int oldest) {
        if (timeCount <= Limits.INDEX_ENTRIES_IN_MEMORY || oldest <= 0) {
            return;
        }
        timestamps = Arrays.copyOfRange(timestamps, oldest, timeCount);
        timestampOffsets = Arrays.copyOfRange(timestampOffsets, oldest, timeCount);
        timeCount -= oldest;
    }
}
