package io.headrace.log;

/**
 * What a compaction may use for its map of keys.
 *
 * @param bytes {@code log.cleaner.dedupe.buffer.size}
 * @param loadFactor how full the map may get; a tenth at least and all of it at most
 */
public record CompactionMemory(long bytes, double loadFactor) {

    public CompactionMemory {
        loadFactor = Math.clamp(loadFactor, 0.1, 1);
    }

    /** The most that one array can hold. */
    private static final int SLOTS_MAX = (Integer.MAX_VALUE - 8) / 3;

    /**
     * A map for a stretch of the log: no larger than its offsets can need, and with room for one batch even where that is more
     * than is granted, since a compaction would otherwise never get past it.
     */
    KeyOffsets mapFor(long offsets, int keysInOneBatch) {
        long granted = Math.min(bytes / KeyOffsets.BYTES_PER_KEY, SLOTS_MAX);
        long needed = (long) (offsets / loadFactor) + 2;
        long leastSlots = keysInOneBatch + 2L;
        int slots = (int) Math.min(Math.max(Math.min(granted, needed), leastSlots), SLOTS_MAX);
        int keys = (int) Math.max(slots * loadFactor, keysInOneBatch);
        return new KeyOffsets(slots, Math.min(keys, slots - 1));
    }
}
