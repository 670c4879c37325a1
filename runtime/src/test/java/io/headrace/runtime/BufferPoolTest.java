package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPoolTest {

    private final BufferPool pool = new BufferPool();
    private final MemoryBudget budget = new MemoryBudget(1 << 30);

    @Test
    void aBufferIsAtMostAQuarterLargerThanWantedAndComesBackForItsOwnSize() {
        for (int bytes = 1; bytes <= Limits.POOLED_BUFFER_MAX_BYTES; bytes += 1 + bytes / 50) {
            ByteBuffer buffer = pool.take(bytes);

            assertThat(buffer.remaining()).isGreaterThanOrEqualTo(bytes).isEqualTo(buffer.capacity());
            assertThat(buffer.capacity()).isLessThanOrEqualTo(Math.max(Limits.FRAME_BUFFER_MIN_BYTES, bytes * 5 / 4));
            buffer.position(1);
            pool.give(buffer);
            assertThat(pool.take(bytes)).isSameAs(buffer).isEqualTo(buffer.clear());
        }
    }

    @Test
    void noMoreIsKeptThanTheLimit() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            buffers.add(pool.take(1 << 20));
        }
        for (ByteBuffer buffer : buffers) {
            pool.give(buffer);
        }

        assertThat(pool.freeBytes()).isEqualTo(Limits.POOL_BYTES);
    }

    @Test
    void aLargeBufferIsUnmappedWhenItIsReleased() {
        LeasedBuffer large = LeasedBuffer.lease(pool, budget, Limits.POOLED_BUFFER_MAX_BYTES + 1);
        ByteBuffer bytes = large.bytes();
        bytes.put(0, (byte) 1);
        assertThat(budget.used()).isEqualTo(bytes.capacity());

        large.release();

        assertThat(budget.used()).isZero();
        assertThat(pool.freeBytes()).isZero();
        assertThatThrownBy(() -> bytes.get(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBufferThatIsReleasedTwiceIsABrokenInvariant() {
        LeasedBuffer buffer = LeasedBuffer.lease(pool, budget, 100);
        buffer.release();

        assertThatThrownBy(buffer::release).isInstanceOf(Check.BrokenInvariant.class);
    }
}
