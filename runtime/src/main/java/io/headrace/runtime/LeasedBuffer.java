package io.headrace.runtime;

import io.headrace.ports.Check;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/**
 * A direct buffer that counts against the memory budget until it is released, once, by whoever owns it then. Large ones
 * are not pooled, nor left to the garbage collector, which does not see their weight: releasing unmaps them, and a touch
 * afterwards throws. On the shard's thread only, but for reading the bytes.
 */
final class LeasedBuffer {

    private final BufferPool pool;
    private final MemoryBudget budget;

    /** Of a large buffer; null if it is pooled. */
    private final Arena arena;

    private ByteBuffer bytes;

    private LeasedBuffer(BufferPool pool, MemoryBudget budget, Arena arena, ByteBuffer bytes) {
        this.pool = pool;
        this.budget = budget;
        this.arena = arena;
        this.bytes = bytes;
        budget.reserve(bytes.capacity());
    }

    /** An empty buffer of at least so many bytes. */
    static LeasedBuffer lease(BufferPool pool, MemoryBudget budget, int bytes) {
        if (bytes <= Limits.POOLED_BUFFER_MAX_BYTES) {
            return new LeasedBuffer(pool, budget, null, pool.take(bytes));
        }
        Arena arena = Arena.ofShared();
        return new LeasedBuffer(pool, budget, arena, arena.allocate(bytes).asByteBuffer());
    }

    /** The one buffer with its one position. */
    ByteBuffer bytes() {
        return bytes;
    }

    void release() {
        Check.that(bytes != null, "a buffer is released once");
        int capacity = bytes.capacity();
        if (arena == null) {
            pool.give(bytes);
        } else {
            arena.close();
        }
        bytes = null;
        budget.release(capacity);
    }
}
