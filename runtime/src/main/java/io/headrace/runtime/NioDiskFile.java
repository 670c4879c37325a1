package io.headrace.runtime;

import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** An open file of {@link NioDisk}. */
final class NioDiskFile implements DiskFile {

    private final FileChannel channel;

    NioDiskFile(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    /** In pieces if the buffer is on the heap: the JDK copies each through a direct buffer of its size, and keeps that. */
    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        int limit = source.limit();
        int piece = source.isDirect() ? Integer.MAX_VALUE : Limits.HEAP_IO_BYTES;
        long at = position;
        while (source.position() < limit) {
            source.limit(limit - source.position() > piece ? source.position() + piece : limit);
            at += channel.write(source, at);
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int limit = target.limit();
        int piece = target.isDirect() ? Integer.MAX_VALUE : Limits.HEAP_IO_BYTES;
        int total = 0;
        while (target.position() < limit) {
            target.limit(limit - target.position() > piece ? target.position() + piece : limit);
            int count = channel.read(target, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        target.limit(limit);
        return total;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
