package io.headrace.metadata;

import io.headrace.ports.Check;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.InvalidRecords;
import io.headrace.wire.MalformedMessage;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Takes batches of metadata records, as they lie in a file, to whoever wants them. Whatever does not make sense is told with
 * its place. Runs on a disk thread.
 */
public final class RecordReplay {

    /** Whoever wants them. */
    public interface Taker {

        /** A metadata record, as {@link RecordFrame} has it. What cannot be taken is refused by an exception that says why. */
        void record(long offset, ByteBuffer framed);

        /** A control record of the quorum's or of a snapshot; its value may be null. */
        default void control(short kind, ByteBuffer value) {}
    }

    static final short NO_CONTROL = -1;

    /** Version and kind. */
    private static final int CONTROL_KEY_BYTES = 2 * Short.BYTES;

    private final Taker taker;
    private final RecordBatch batch = new RecordBatch();
    private final RecordCursor cursor = new RecordCursor();
    private long lastTimestampMs;
    private short lastControlKind = NO_CONTROL;

    public RecordReplay(Taker taker) {
        this.taker = taker;
    }

    /** Of the last batch, 0 if there was none. */
    long lastTimestampMs() {
        return lastTimestampMs;
    }

    /** The kind of the control record that stands in the last batch; none if that holds metadata. */
    public short lastControlKind() {
        return lastControlKind;
    }

    /**
     * Applies all batches of the buffer and returns the offset after the last.
     *
     * @param file where they come from
     * @param firstOffset offset that the first batch must have
     */
    public long apply(ByteBuffer bytes, Path file, long firstOffset) throws IOException {
        long nextOffset = firstOffset;
        for (int at = bytes.position(); at < bytes.limit(); at += batch.sizeInBytes()) {
            try {
                checkBatch(bytes, at, nextOffset);
                if (batch.isControl()) {
                    readControl();
                } else {
                    applyRecords();
                }
            } catch (MalformedMessage | InvalidRecords | Check.BrokenInvariant | IllegalArgumentException fault) {
                throw new IOException(
                        file + " makes no sense from offset " + nextOffset + " on: " + fault.getMessage(), fault);
            }
            lastTimestampMs = batch.maxTimestamp();
            nextOffset = batch.nextOffset();
        }
        return nextOffset;
    }

    private void checkBatch(ByteBuffer bytes, int at, long offset) {
        BatchStatus status = batch.wrap(bytes, at);
        if (status != BatchStatus.WHOLE) {
            throw new MalformedMessage("no batch stands there");
        }
        if (!batch.crcIsValid()) {
            throw new MalformedMessage("the checksum does not match");
        }
        if (batch.baseOffset() != offset) {
            throw new MalformedMessage("the batch there begins at offset " + batch.baseOffset());
        }
    }

    private void readControl() {
        cursor.open(batch);
        ByteBuffer key = cursor.next() ? cursor.key() : null;
        if (key == null || key.remaining() != CONTROL_KEY_BYTES) {
            throw new MalformedMessage("a control record without a kind");
        }
        lastControlKind = key.getShort(key.position() + Short.BYTES);
        taker.control(lastControlKind, cursor.value());
    }

    private void applyRecords() {
        lastControlKind = NO_CONTROL;
        cursor.open(batch);
        while (cursor.next()) {
            ByteBuffer value = cursor.value();
            if (value == null) {
                throw new MalformedMessage("a metadata record without content");
            }
            taker.record(cursor.offset(), value);
        }
    }
}
