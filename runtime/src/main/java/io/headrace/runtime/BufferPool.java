package io.headrace.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers of a shard that are not in use, by powers of two. A shard keeps few of them: connections hold a buffer
 * only while a frame is incomplete, or needed beyond its handling. On the shard's thread only.
 */
final class BufferPool {

    private static final int SMALLEST_LOG2 = log2(Limits.FRAME_BUFFER_MIN_BYTES);
    private static final int LARGEST_LOG2 = log2(Limits.POOLED_BUFFER_MAX_BYTES);

    private final List<ArrayDeque<ByteBuffer>> free = new ArrayList<>();
    private int freeBytes;

    BufferPool() {
        for (int log2 = SMALLEST_LOG2; log2 <= LARGEST_LOG2; log2++) {
            free.add(new ArrayDeque<>(0));
        }
    }

    /** An empty buffer of at least so many bytes, which are at most {@link Limits#POOLED_BUFFER_MAX_BYTES}. */
    ByteBuffer take(int bytes) {
        int log2 = Math.max(SMALLEST_LOG2, log2(bytes));
        ByteBuffer buffer = free.get(log2 - SMALLEST_LOG2).poll();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(1 << log2);
        }
        freeBytes -= buffer.capacity();
        return buffer.clear();
    }

    /** Takes back a buffer that nobody uses any more. */
    void give(ByteBuffer buffer) {
        if (freeBytes + buffer.capacity() <= Limits.POOL_BYTES) {
            free.get(log2(buffer.capacity()) - SMALLEST_LOG2).push(buffer);
            freeBytes += buffer.capacity();
        }
    }

    /** Of the next power of two. */
    private static int log2(int bytes) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1);
    }
}
