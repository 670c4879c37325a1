package io.headrace.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers of a shard that are not in use, in sizes of four steps to the doubling: frames of a megabyte of records
 * are a little longer than a megabyte. A shard keeps few of them, since connections hold a buffer only while a frame is
 * incomplete, or needed beyond its handling. On the shard's thread only.
 */
final class BufferPool {

    private static final int STEPS_LOG2 = 2;
    private static final int SMALLEST_LOG2 = log2(Limits.FRAME_BUFFER_MIN_BYTES);

    private final List<ArrayDeque<ByteBuffer>> free = new ArrayList<>();
    private int freeBytes;

    BufferPool() {
        int sizes = index(Limits.POOLED_BUFFER_MAX_BYTES) + 1;
        for (int i = 0; i < sizes; i++) {
            free.add(new ArrayDeque<>(0));
        }
    }

    /** An empty buffer of at least so many bytes, which are at most {@link Limits#POOLED_BUFFER_MAX_BYTES}. */
    ByteBuffer take(int bytes) {
        int size = roundedUp(bytes);
        ByteBuffer buffer = free.get(index(size)).poll();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(size);
        }
        freeBytes -= size;
        return buffer.clear();
    }

    /** Takes back a buffer that nobody uses any more. */
    void give(ByteBuffer buffer) {
        if (freeBytes + buffer.capacity() <= Limits.POOL_BYTES) {
            free.get(index(buffer.capacity())).push(buffer);
            freeBytes += buffer.capacity();
        }
    }

    int freeBytes() {
        return freeBytes;
    }

    static int roundedUp(int bytes) {
        if (bytes <= Limits.FRAME_BUFFER_MIN_BYTES) {
            return Limits.FRAME_BUFFER_MIN_BYTES;
        }
        int step = 1 << (log2(bytes - 1) - STEPS_LOG2);
        return (bytes + step - 1) & -step;
    }

    /** Of a size that is rounded up: those of the doublings below, and then the steps. */
    private static int index(int size) {
        int log2 = log2(size);
        int steps = (size >>> (log2 - STEPS_LOG2)) - (1 << STEPS_LOG2);
        return ((log2 - SMALLEST_LOG2) << STEPS_LOG2) + steps;
    }

    private static int log2(int bytes) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(bytes);
    }
}
