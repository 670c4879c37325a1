package io.headrace.metadata;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel into memory, for what would otherwise be sent. */
final class BufferChannel implements WritableByteChannel {

    private final ByteBuffer target;

    BufferChannel(ByteBuffer target) {
        this.target = target;
    }

    @Override
    public int write(ByteBuffer source) {
        int bytes = Math.min(source.remaining(), target.remaining());
        target.put(target.position(), source, source.position(), bytes);
        target.position(target.position() + bytes);
        source.position(source.position() + bytes);
        return bytes;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
