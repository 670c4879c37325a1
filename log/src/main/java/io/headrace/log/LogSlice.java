package io.headrace.log;

import io.headrace.wire.RecordSlice;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Whole batches in one segment file, on their way to a reader. May be sent from any thread; closed once, on the thread of
 * the log's owner. Its bytes stay readable until then, whatever becomes of the segment.
 */
public final class LogSlice implements RecordSlice {

    LogSlice() {}

    /** Offset of the first record; the reader's own offset may lie inside the first batch. */
    public long baseOffset() {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public int sizeInBytes() {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("coming");
    }
}
