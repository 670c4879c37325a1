package io.headrace.ports;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An open file. Reads and writes name their position in bytes; one file may be read by several threads at once. */
public interface DiskFile extends Closeable {

    /** Bytes. */
    long size() throws IOException;

    /** Writes all that remains in the buffer at the position, growing the file as needed. */
    void write(ByteBuffer source, long position) throws IOException;

    /** Reads until the buffer is full or the file ends; returns the bytes read, 0 at the end. */
    int read(ByteBuffer target, long position) throws IOException;

    /** As {@link java.nio.channels.FileChannel#transferTo}: may send less than asked, 0 if the target takes no more. */
    long transferTo(long position, long count, WritableByteChannel target) throws IOException;

    /** Cuts the file to the size; a longer size than the present one changes nothing. */
    void truncate(long size) throws IOException;

    /** Returns once all bytes and the size are on stable storage (fdatasync). */
    void sync() throws IOException;
}
