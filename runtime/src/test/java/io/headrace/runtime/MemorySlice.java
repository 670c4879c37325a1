package io.headrace.runtime;

import io.headrace.wire.RecordSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A slice of bytes that count up, which knows how often it was closed. */
final class MemorySlice implements RecordSlice {

    private static final int CHUNK_BYTES = 1 << 16;

    private final int bytes;
    private final AtomicInteger closed = new AtomicInteger();

    MemorySlice(int bytes) {
        this.bytes = bytes;
    }

    static byte byteAt(long position) {
        return (byte) (position * 31);
    }

    int timesClosed() {
        return closed.get();
    }

    @Override
    public int sizeInBytes() {
        return bytes;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        long total = 0;
        while (total < count) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, count - total));
            for (int i = 0; i < chunk.limit(); i++) {
                chunk.put(i, byteAt(position + total + i));
            }
            int taken = target.write(chunk);
            total += taken;
            if (taken < chunk.limit()) {
                break;
            }
        }
        return total;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
