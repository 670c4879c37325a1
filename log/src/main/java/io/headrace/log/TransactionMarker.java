package io.headrace.log;

import io.headrace.ports.Check;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.nio.ByteBuffer;

/**
 * The control record that ends a producer's transaction in one log. Key: version (int16), type (int16, 0 aborts, 1
 * commits); value: version (int16), epoch of the coordinator (int32).
 *
 * @param epoch of the producer: that of the transaction, or from transaction version 2 on a higher one
 * @param coordinatorEpoch counts who may decide about the transaction: a marker of an older one is refused
 */
public record TransactionMarker(long producerId, short epoch, int coordinatorEpoch, boolean commit) {

    private static final short VERSION = 0;
    private static final short ABORT = 0;
    private static final short COMMIT = 1;
    private static final int TYPE_AT = Short.BYTES;
    private static final int KEY_BYTES = 2 * Short.BYTES;
    private static final int COORDINATOR_EPOCH_AT = Short.BYTES;
    private static final int VALUE_BYTES = Short.BYTES + Integer.BYTES;

    /** A batch of the marker alone. */
    public ByteBuffer batch(long wallMs) {
        ByteBuffer key = ByteBuffer.allocate(KEY_BYTES)
                .putShort(VERSION)
                .putShort(commit ? COMMIT : ABORT)
                .flip();
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES)
                .putShort(VERSION)
                .putInt(coordinatorEpoch)
                .flip();
        return new BatchBuilder()
                .append(wallMs, key, value)
                .producer(producerId, epoch, RecordBatch.NO_SEQUENCE)
                .transactional()
                .control()
                .build(0, RecordBatch.NO_LEADER_EPOCH);
    }

    /**
     * The marker in a control batch of a producer; null if compaction has taken it out, together with the whole transaction.
     */
    static TransactionMarker in(RecordBatch batch) {
        try (RecordCursor records = new RecordCursor()) {
            records.open(batch);
            if (!records.next()) {
                return null;
            }
            ByteBuffer key = records.key();
            Check.that(key != null && key.remaining() >= KEY_BYTES, "a marker says how a transaction ended");
            short type = key.getShort(key.position() + TYPE_AT);
            ByteBuffer value = records.value();
            Check.that(value != null && value.remaining() >= VALUE_BYTES, "a marker names the coordinator's epoch");
            int coordinatorEpoch = value.getInt(value.position() + COORDINATOR_EPOCH_AT);
            return new TransactionMarker(batch.producerId(), batch.producerEpoch(), coordinatorEpoch, type != ABORT);
        }
    }
}
