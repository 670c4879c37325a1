package io.headrace.benchmarks.flush;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A partition's file and the appends to it that are not acknowledged yet. Owner thread only, but for {@link #sync()}. */
final class PartitionFile implements AutoCloseable {

    /** How a file comes by its blocks. */
    enum Shape {
        /** As they are written. */
        GROWING,
        /** As they are written, but the size is set beforehand. */
        SIZED,
        /** They were written with zeros beforehand. */
        ZEROED
    }

    private final FileChannel channel;
    private final long maxBytes;
    private final long[] startNanos;
    private long position;
    private long appended;
    private long acknowledged;

    PartitionFile(Path file, long maxBytes, int window) throws IOException {
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.maxBytes = maxBytes;
        this.startNanos = new long[window];
    }

    /** Makes the file what a round expects to find. A file once filled with zeros stays as it is. */
    void prepare(Shape shape) throws IOException {
        if (shape == Shape.ZEROED) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long size = channel.size(); size < maxBytes; size += zeros.capacity()) {
                channel.write(zeros.clear(), size);
            }
        } else {
            channel.truncate(0);
            if (shape == Shape.SIZED) {
                channel.write(ByteBuffer.allocate(1), maxBytes - 1);
            }
        }
        channel.force(true);
    }

    /** Begins anew at the start of the file when it is full. */
    void append(ByteBuffer bytes) throws IOException {
        startNanos[(int) (appended++ % startNanos.length)] = System.nanoTime();
        if (position + bytes.remaining() > maxBytes) {
            position = 0;
        }
        position += channel.write(bytes, position);
    }

    /** How many appends there were. */
    long appended() {
        return appended;
    }

    boolean dirty() {
        return acknowledged < appended;
    }

    /** When the oldest append began that is not acknowledged; it is from here on. */
    long acknowledgeOne() {
        return startNanos[(int) (acknowledged++ % startNanos.length)];
    }

    long acknowledged() {
        return acknowledged;
    }

    /** Any thread. */
    void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
