package io.headrace.wire;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.RecordsSend;

/**
 * Record batches that are sent from where they lie, by sendfile if it is a file. It is set as the records of a Fetch
 * response, passes through {@link ResponseFrame} untouched, and the transport sends it. Whoever sends or drops the frame
 * closes it, once; until then its bytes stay readable, whatever becomes of the segment.
 */
public non-sealed interface RecordSlice extends FramePart, BaseRecords, AutoCloseable {

    /** Bytes; fixed for the life of the slice. */
    @Override
    int sizeInBytes();

    /**
     * Sends up to {@code count} bytes, starting {@code position} bytes into the slice, and returns how many the target
     * took: fewer than asked when it is full, 0 when it takes none.
     */
    long transferTo(long position, long count, WritableByteChannel target) throws IOException;

    @Override
    void close();

    /** Kafka's network layer is not used here. */
    @Override
    default RecordsSend<? extends BaseRecords> toSend() {
        throw new UnsupportedOperationException("sent by the transport with transferTo");
    }
}
