package io.headrace.runtime;

import io.headrace.wire.RecordSlice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.function.IntSupplier;

/** A socket that has certain bytes to read, and takes as many bytes at a time as it is told. */
final class ScriptedTransport implements Transport {

    private final ByteBuffer toRead;
    private final IntSupplier capacity;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final WritableByteChannel channel = Channels.newChannel(written);

    ScriptedTransport(ByteBuffer toRead) {
        this(toRead, () -> 0);
    }

    ScriptedTransport(ByteBuffer toRead, IntSupplier capacity) {
        this.toRead = toRead;
        this.capacity = capacity;
    }

    byte[] written() {
        return written.toByteArray();
    }

    @Override
    public long read(ByteBuffer[] targets) {
        long total = 0;
        for (ByteBuffer target : targets) {
            int count = Math.min(target.remaining(), toRead.remaining());
            target.put(toRead.slice(toRead.position(), count));
            toRead.position(toRead.position() + count);
            total += count;
        }
        return total;
    }

    @Override
    public long write(ByteBuffer[] sources, int count) throws IOException {
        long room = capacity.getAsInt();
        long total = 0;
        for (int i = 0; i < count; i++) {
            int taken = (int) Math.min(room - total, sources[i].remaining());
            channel.write(sources[i].slice(sources[i].position(), taken));
            sources[i].position(sources[i].position() + taken);
            total += taken;
        }
        return total;
    }

    @Override
    public long send(RecordSlice slice, long position, long count) throws IOException {
        return slice.transferTo(position, Math.min(count, capacity.getAsInt()), channel);
    }

    @Override
    public void wantRead(boolean want) {}

    @Override
    public void wantWrite(boolean want) {}

    @Override
    public void close() {}
}
