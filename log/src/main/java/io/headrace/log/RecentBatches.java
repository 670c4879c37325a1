package io.headrace.log;

/**
 * Where the last few batches of the active segment begin, so that readers who keep up cost no file call. A ring; takes no
 * memory before the first append. Offsets and positions rise from the oldest to the newest.
 */
final class RecentBatches {

    static final int NONE = -1;

    private static final int MASK = Limits.RECENT_BATCHES - 1;

    private long[] baseOffsets;
    private int[] positions;
    private int count;

    /** Index of the next batch, ever rising; its slot is found by the mask. */
    private int next;

    void add(long baseOffset, int position) {
        if (baseOffsets == null) {
            baseOffsets = new long[Limits.RECENT_BATCHES];
            positions = new int[Limits.RECENT_BATCHES];
        }
        baseOffsets[next & MASK] = baseOffset;
        positions[next & MASK] = position;
        next++;
        count = Math.min(count + 1, Limits.RECENT_BATCHES);
    }

    /** A number by which the batch that holds the offset can be asked about; {@link #NONE} if it is older than the ring. */
    int find(long offset) {
        for (int age = 1; age <= count; age++) {
            if (baseOffsets[(next - age) & MASK] <= offset) {
                return age;
            }
        }
        return NONE;
    }

    int positionOf(int found) {
        return positions[(next - found) & MASK];
    }

    /** Where the batch ends, given where the newest ends. */
    int endOf(int found, int endOfNewest) {
        return found == 1 ? endOfNewest : positionOf(found - 1);
    }

    /** The last batch that begins at or before the position: where it begins; {@link #NONE} if it is older than the ring. */
    int floorPosition(long position) {
        for (int age = 1; age <= count; age++) {
            int at = positions[(next - age) & MASK];
            if (at <= position) {
                return at;
            }
        }
        return NONE;
    }
}
