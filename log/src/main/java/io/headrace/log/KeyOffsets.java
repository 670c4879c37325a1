package io.headrace.log;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The latest offset of each key in a stretch of a log, by 16 bytes of the key's SHA-256: 24 bytes per key, whatever its
 * length. Kafka keeps as much and hashes with MD5, for which anybody can make two keys that collide, so that writing the one
 * would delete the other. Open addressing in one array of a fixed size. Belongs to one compaction.
 */
final class KeyOffsets {

    static final int BYTES_PER_KEY = 24;

    /** Slots are groups of three longs: two of the hash, and the offset plus one, which is 0 where there is no key. */
    private static final int LONGS = 3;

    private final MessageDigest digest = sha256();
    private final long[] slots;
    private final int capacity;
    private int size;
    private long hashHigh;
    private long hashLow;

    /** @param keysMax keys that there is room for; with some more slots than that, searches stay short */
    KeyOffsets(int slotCount, int keysMax) {
        Check.that(keysMax < slotCount, "a slot stays free, at which searches end", keysMax, slotCount);
        slots = new long[Math.multiplyExact(slotCount, LONGS)];
        capacity = keysMax;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }

    /** Keys that may still be added. */
    int room() {
        return capacity - size;
    }

    int size() {
        return size;
    }

    /** Offsets of a key are put in rising order. There must be room if the key is new. */
    void put(ByteBuffer key, long offset) {
        int at = slotOf(key);
        if (slots[at + 2] == 0) {
            Check.that(size < capacity, "a full map takes no new key");
            slots[at] = hashHigh;
            slots[at + 1] = hashLow;
            size++;
        }
        slots[at + 2] = offset + 1;
    }

    /** -1 if the key is unknown. */
    long latest(ByteBuffer key) {
        return slots[slotOf(key) + 2] - 1;
    }

    private int slotOf(ByteBuffer key) {
        digest.update(key.duplicate());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        hashHigh = hash.getLong();
        hashLow = hash.getLong();
        int slotCount = slots.length / LONGS;
        int slot = (int) Long.remainderUnsigned(hashHigh, slotCount);
        while (slots[slot * LONGS + 2] != 0
                && (slots[slot * LONGS] != hashHigh || slots[slot * LONGS + 1] != hashLow)) {
            slot = slot + 1 == slotCount ? 0 : slot + 1;
        }
        return slot * LONGS;
    }
}
