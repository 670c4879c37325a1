package io.headrace.log;

import java.nio.ByteBuffer;

/**
 * An aborted transaction in one log, as in Kafka's {@code .txnindex}: version (int16), producer id, first offset, last
 * offset, last stable offset (int64 each).
 *
 * @param firstOffset of its first record
 * @param lastOffset of its marker
 * @param lastStableOffset of the log once the marker was in it
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset, long lastStableOffset) {

    static final int BYTES = Short.BYTES + 4 * Long.BYTES;
    private static final short VERSION = 0;

    void writeTo(ByteBuffer file) {
        file.putShort(VERSION)
                .putLong(producerId)
                .putLong(firstOffset)
                .putLong(lastOffset)
                .putLong(lastStableOffset);
    }

    /** Null if the bytes are of no entry that could be. */
    static AbortedTransaction readFrom(ByteBuffer file) {
        short version = file.getShort();
        AbortedTransaction entry =
                new AbortedTransaction(file.getLong(), file.getLong(), file.getLong(), file.getLong());
        return version == VERSION && entry.producerId >= 0 && entry.firstOffset <= entry.lastOffset ? entry : null;
    }

    /** Some of its records may lie in a read. */
    boolean overlaps(long fromOffset, long upToOffset) {
        return lastOffset >= fromOffset && firstOffset < upToOffset;
    }
}
