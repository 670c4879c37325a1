package io.headrace.log;

import io.headrace.ports.Check;
import io.headrace.wire.RecordSlice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Whole batches in one segment file, on their way to a reader. May be sent from any thread; closed once, on the thread of
 * the log's owner. Its bytes stay readable until then, whatever becomes of the segment.
 */
public final class LogSlice implements RecordSlice {

    static final LogSlice EMPTY = new LogSlice(null, 0, 0, List.of());

    private final SegmentFile file;
    private final int start;
    private final int length;
    private final List<AbortedTransaction> aborted;
    private boolean closed;

    /** The slice is one of the users of the file, and lets go of it in the end. */
    LogSlice(SegmentFile file, int start, int length, List<AbortedTransaction> aborted) {
        this.file = file;
        this.start = start;
        this.length = length;
        this.aborted = aborted;
    }

    /** Whose records a read_committed reader leaves out; empty if the read was not for one. */
    public List<AbortedTransaction> aborted() {
        return aborted;
    }

    @Override
    public int sizeInBytes() {
        return length;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        long bytes = Math.min(count, length - position);
        return bytes <= 0 ? 0 : file.file().transferTo(start + position, bytes, target);
    }

    /** All of it, for a reader in the same process. */
    public ByteBuffer read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (file != null && file.file().read(bytes, start) < length) {
            throw new EOFException(file.path() + " ends within a batch");
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        Check.that(!closed, "a slice is closed once");
        closed = true;
        file.release();
    }
}
