package io.headrace.broker.adoption;

import io.headrace.ports.DiskFile;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks a file of batches up to the first that is not whole, a window at a time. For one thread. */
final class WholeBatches {

    private static final int WINDOW_BYTES = 1 << 20;

    private final DiskFile file;
    private final RecordBatch batch = new RecordBatch();
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private long position;

    WholeBatches(DiskFile file) {
        this.file = file;
    }

    /** The next of them, as many as the window holds; null if there are none. Valid until the next call. */
    ByteBuffer next() throws IOException {
        window.clear();
        file.read(window, position);
        window.flip();
        int end = wholeBytes();
        if (end == 0 && wanted() > window.capacity() && wanted() <= file.size() - position) {
            window = ByteBuffer.allocate(Math.toIntExact(wanted()));
            return next();
        }
        position += end;
        return end == 0 ? null : window.limit(end);
    }

    private int wholeBytes() {
        int end = 0;
        while (batch.wrap(window, end) == BatchStatus.WHOLE && batch.crcIsValid()) {
            end += batch.sizeInBytes();
        }
        return end;
    }

    /** Bytes of the batch that the window begins with. */
    private long wanted() {
        return batch.wrapHeader(window, 0) == BatchStatus.WHOLE
                ? RecordBatch.LENGTH_OVERHEAD + (long) window.getInt(RecordBatch.LENGTH_AT)
                : 0;
    }

    /** How far the file is made of whole batches, when {@link #next} has returned null. */
    long end() {
        return position;
    }
}
