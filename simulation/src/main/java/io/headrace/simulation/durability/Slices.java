package io.headrace.simulation.durability;

import io.headrace.log.LogSlice;
import io.headrace.simulation.Violation;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Reads a slice as a client does: all its bytes, then batch by batch, record by record, believing nothing. */
final class Slices {

    private Slices() {}

    interface Reader {
        void record(long offset, Value value);
    }

    /**
     * Hands over every record from the offset on, and returns the offset that follows the last.
     *
     * @param highWatermark as it was told together with the slice
     */
    static long read(LogSlice slice, long from, long highWatermark, Reader reader) throws IOException {
        ByteBuffer bytes = bytesOf(slice);
        RecordBatch batch = new RecordBatch();
        long next = from;
        BatchStatus status = batch.wrap(bytes, 0);
        Violation.unless(
                status == BatchStatus.WHOLE && batch.baseOffset() <= from && batch.lastOffset() >= from,
                "a read from offset " + from + " begins with " + status + " " + batch);
        while (status == BatchStatus.WHOLE) {
            Violation.unless(batch.crcIsValid(), "a reader was sent a damaged batch: " + batch);
            Violation.unless(batch.baseOffset() <= next, "a reader at offset " + next + " was sent " + batch);
            Violation.unless(
                    batch.lastOffset() < highWatermark, "a reader below " + highWatermark + " was sent " + batch);
            readBatch(batch, next, reader);
            next = batch.nextOffset();
            status = batch.wrapNext();
        }
        Violation.unless(status == BatchStatus.END, "a reader was sent " + status + " after offset " + next);
        return next;
    }

    private static void readBatch(RecordBatch batch, long from, Reader reader) {
        try (RecordCursor records = new RecordCursor()) {
            records.open(batch);
            while (records.next()) {
                Value value = Value.decode(records.value());
                Violation.unless(value != null, "offset " + records.offset() + " holds what nobody wrote");
                if (records.offset() >= from) {
                    reader.record(records.offset(), value);
                }
            }
        }
    }

    private static ByteBuffer bytesOf(LogSlice slice) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(slice.sizeInBytes());
        WritableByteChannel channel = new BufferChannel(bytes);
        long position = 0;
        while (position < slice.sizeInBytes()) {
            long sent = slice.transferTo(position, slice.sizeInBytes() - position, channel);
            Violation.unless(sent > 0, "a slice ends after " + position + " of " + slice.sizeInBytes() + " bytes");
            position += sent;
        }
        return bytes.flip();
    }

    /** A channel into a buffer. */
    private record BufferChannel(ByteBuffer target) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            target.put(source);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
