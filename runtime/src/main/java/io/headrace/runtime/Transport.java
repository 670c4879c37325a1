package io.headrace.runtime;

import io.headrace.wire.RecordSlice;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The only one to know what kind of socket a connection has. Nothing here blocks. On the shard's thread only. */
interface Transport {

    /** Reads what there is into the buffers, the first one first; returns the bytes read, 0 for none, -1 at the end. */
    long read(ByteBuffer[] targets) throws IOException;

    /** Writes from the buffers, the first one first, and returns how many bytes were taken. */
    long write(ByteBuffer[] sources, int count) throws IOException;

    /** Sends up to {@code count} bytes of the slice, and returns how many were taken. */
    long send(RecordSlice slice, long position, long count) throws IOException;

    /** Asks to be told when there is something to read. */
    void wantRead(boolean want);

    /** Asks to be told when something can be written. */
    void wantWrite(boolean want);

    /** Nothing that goes wrong in closing matters any more. */
    void close();
}
