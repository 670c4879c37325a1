package io.headrace.wire;

import java.nio.ByteBuffer;

/** Variable-length integers as they are written: seven bits a byte, lowest first; signed ones zigzagged. */
final class Varints {

    private Varints() {}

    static void putUnsigned(ByteBuffer target, int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }

    static void putInt(ByteBuffer target, int value) {
        putUnsigned(target, (value << 1) ^ (value >> 31));
    }

    static void putLong(ByteBuffer target, long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }

    /** Bytes that {@link #putInt} takes. */
    static int sizeOfInt(int value) {
        return sizeOfUnsigned(((value << 1) ^ (value >> 31)) & 0xffff_ffffL);
    }

    /** Bytes that {@link #putLong} takes. */
    static int sizeOfLong(long value) {
        return sizeOfUnsigned((value << 1) ^ (value >> 63));
    }

    private static int sizeOfUnsigned(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (bits + 6) / 7;
    }
}
