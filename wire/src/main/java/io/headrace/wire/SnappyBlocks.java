package io.headrace.wire;

import java.nio.ByteBuffer;

/**
 * Looks over snappy data before the library sees it. snappy-java 1.1.10 reserves whatever size the data names, up to 2 GB,
 * calls itself once for every repeated stream header, and answers some damage with an Error; a few bytes from anybody
 * would be enough to end the process. What passes here cannot make it do any of that.
 *
 * <p>The data is either one block as it is, or a stream of the form that snappy-java writes: a header of 16 bytes, then
 * blocks with four bytes of length before each.
 */
final class SnappyBlocks {

    private static final long STREAM_MAGIC = 0x82_53_4e_41_50_50_59_00L;
    private static final int STREAM_HEADER_BYTES = 16;

    /** The densest element of the format is a copy of 64 bytes, written in three. */
    private static final long EXPANSION_MAX = 22;

    private SnappyBlocks() {}

    /** Throws {@link InvalidRecords} for data that would be dangerous to decompress; the buffer stays as it is. */
    static void check(ByteBuffer data) {
        int at = data.position();
        int end = data.limit();
        if (end - at < STREAM_HEADER_BYTES || data.getLong(at) != STREAM_MAGIC) {
            checkBlock(data, at, end);
            return;
        }
        at += STREAM_HEADER_BYTES;
        while (end - at >= Integer.BYTES) {
            int length = data.getInt(at);
            at += Integer.BYTES;
            if (length < 0 || length > end - at) {
                throw new InvalidRecords("a snappy block of " + length + " bytes where " + (end - at) + " are left");
            }
            checkBlock(data, at, at + length);
            at += length;
        }
    }

    /** A block begins with the size that it unfolds to. */
    private static void checkBlock(ByteBuffer data, int from, int to) {
        long size = 0;
        int at = from;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at == to) {
                throw new InvalidRecords("a snappy block without a size");
            }
            byte b = data.get(at++);
            size |= (b & 0x7fL) << shift;
            if (b >= 0) {
                if (size > EXPANSION_MAX * (to - from)) {
                    throw new InvalidRecords("a snappy block of " + (to - from) + " bytes that claims to hold " + size);
                }
                return;
            }
        }
        throw new InvalidRecords("a snappy block with an endless size");
    }
}
