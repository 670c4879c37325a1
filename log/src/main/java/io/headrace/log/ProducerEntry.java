package io.headrace.log;

import io.headrace.log.AppendResult.Duplicate;
import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a log remembers of one producer: its epoch and the last five batches of that epoch, by which a batch that is sent
 * again is known. Belongs to the owner of the log.
 */
public final class ProducerEntry {

    /** Batches of one producer that are remembered: as many as an idempotent producer may have in flight. */
    static final int BATCHES = 5;

    /** Bytes that {@link #writeTo} takes. */
    static final int SNAPSHOT_BYTES = 46;

    /** Bytes of one batch in {@link #writeBatchesTo}. */
    private static final int BATCH_BYTES = 24;

    private static final int NONE = -1;
    private static final long NO_OFFSET = -1;
    private static final int NO_COORDINATOR_EPOCH = -1;

    private final long producerId;
    private short epoch = RecordBatch.NO_PRODUCER_EPOCH;
    private int coordinatorEpoch = NO_COORDINATOR_EPOCH;
    private long lastTimestamp = RecordBatch.NO_TIMESTAMP;
    private long transactionStartOffset = NO_OFFSET;

    /** The batches, in a ring: {@code newest} is the index of the latest, {@code count} says how many there are. */
    private final int[] lastSequences = new int[BATCHES];

    private final int[] offsetDeltas = new int[BATCHES];
    private final long[] lastOffsets = new long[BATCHES];
    private final long[] timestamps = new long[BATCHES];
    private int newest = NONE;
    private int count;

    ProducerEntry(long producerId) {
        this.producerId = producerId;
    }

    public long producerId() {
        return producerId;
    }

    public short epoch() {
        return epoch;
    }

    /** Sequence of the last record, -1 if no batch of the epoch is known. */
    public int lastSequence() {
        return count == 0 ? RecordBatch.NO_SEQUENCE : lastSequences[newest];
    }

    /** Offset of the last record, -1 if no batch of the epoch is known. */
    public long lastOffset() {
        return count == 0 ? NO_OFFSET : lastOffsets[newest];
    }

    /** Milliseconds: the highest timestamp of the last batch, or that of the last transaction marker. */
    public long lastTimestamp() {
        return lastTimestamp;
    }

    /** Epoch of the transaction coordinator that last ended a transaction of this producer, -1 if none did. */
    public int coordinatorEpoch() {
        return coordinatorEpoch;
    }

    /** Where the open transaction began, -1 if there is none. */
    public long transactionStartOffset() {
        return transactionStartOffset;
    }

    boolean hasOpenTransaction() {
        return transactionStartOffset != NO_OFFSET;
    }

    boolean isInTransaction(short ofEpoch) {
        return hasOpenTransaction() && epoch == ofEpoch;
    }

    /** Batches of the present epoch are remembered. */
    boolean hasBatches() {
        return count > 0;
    }

    /** The answer to a batch that is remembered; empty if it is not. */
    Optional<Duplicate> duplicateOf(RecordBatch batch) {
        if (batch.producerEpoch() != epoch) {
            return Optional.empty();
        }
        int lastSequence = batch.lastSequence();
        int offsetDelta = batch.lastOffsetDelta();
        for (int i = 0; i < count; i++) {
            if (lastSequences[i] == lastSequence && offsetDeltas[i] == offsetDelta) {
                return Optional.of(new Duplicate(lastOffsets[i] - offsetDelta, lastOffsets[i], timestamps[i]));
            }
        }
        return Optional.empty();
    }

    /** Takes note of a batch of records in the log. */
    void append(RecordBatch batch) {
        enterEpoch(batch.producerEpoch());
        remember(batch.lastSequence(), batch.lastOffset(), batch.lastOffsetDelta(), batch.maxTimestamp());
        if (batch.isTransactional() && !hasOpenTransaction()) {
            transactionStartOffset = batch.baseOffset();
        }
    }

    /** Takes note of a marker in the log that ends the open transaction. */
    void endTransaction(short markerEpoch, int markerCoordinatorEpoch, long timestamp) {
        enterEpoch(markerEpoch);
        coordinatorEpoch = markerCoordinatorEpoch;
        lastTimestamp = timestamp;
        transactionStartOffset = NO_OFFSET;
    }

    /** Writes what Kafka's snapshot keeps: of the batches only the latest. */
    void writeTo(ByteBuffer snapshot) {
        snapshot.putLong(producerId)
                .putShort(epoch)
                .putInt(lastSequence())
                .putLong(lastOffset())
                .putInt(count == 0 ? 0 : offsetDeltas[newest])
                .putLong(lastTimestamp)
                .putInt(coordinatorEpoch)
                .putLong(transactionStartOffset);
    }

    static ProducerEntry readFrom(ByteBuffer snapshot) {
        ProducerEntry entry = new ProducerEntry(snapshot.getLong());
        entry.epoch = snapshot.getShort();
        int lastSequence = snapshot.getInt();
        long lastOffset = snapshot.getLong();
        int offsetDelta = snapshot.getInt();
        entry.lastTimestamp = snapshot.getLong();
        entry.coordinatorEpoch = snapshot.getInt();
        entry.transactionStartOffset = Math.max(snapshot.getLong(), NO_OFFSET);
        if (lastOffset > NO_OFFSET) {
            entry.remember(lastSequence, lastOffset, offsetDelta, entry.lastTimestamp);
        }
        return entry;
    }

    /** Bytes that {@link #writeBatchesTo} takes. */
    int batchesBytes() {
        return Byte.BYTES + count * BATCH_BYTES;
    }

    /** Writes the batches, the oldest first. */
    void writeBatchesTo(ByteBuffer snapshot) {
        snapshot.put((byte) count);
        for (int back = count - 1; back >= 0; back--) {
            int at = Math.floorMod(newest - back, BATCHES);
            snapshot.putInt(lastSequences[at])
                    .putLong(lastOffsets[at])
                    .putInt(offsetDeltas[at])
                    .putLong(timestamps[at]);
        }
    }

    /** Takes the batches in place of the latest alone; false if there are none of the kind. */
    boolean readBatchesFrom(ByteBuffer snapshot) {
        int batches = snapshot.hasRemaining() ? snapshot.get() : -1;
        if (batches < 0 || batches > BATCHES || snapshot.remaining() < batches * BATCH_BYTES) {
            return false;
        }
        long timestamp = lastTimestamp;
        newest = NONE;
        count = 0;
        for (int i = 0; i < batches; i++) {
            int lastSequence = snapshot.getInt();
            long lastOffset = snapshot.getLong();
            remember(lastSequence, lastOffset, snapshot.getInt(), snapshot.getLong());
        }
        lastTimestamp = timestamp;
        return true;
    }

    private void enterEpoch(short batchEpoch) {
        if (epoch != batchEpoch) {
            epoch = batchEpoch;
            count = 0;
            newest = NONE;
        }
    }

    private void remember(int lastSequence, long lastOffset, int offsetDelta, long timestamp) {
        newest = (newest + 1) % BATCHES;
        lastSequences[newest] = lastSequence;
        lastOffsets[newest] = lastOffset;
        offsetDeltas[newest] = offsetDelta;
        timestamps[newest] = timestamp;
        count = Math.min(count + 1, BATCHES);
        lastTimestamp = timestamp;
    }

    @Override
    public String toString() {
        return "producer " + producerId + " in epoch " + epoch + " up to sequence " + lastSequence() + " at offset "
                + lastOffset();
    }
}
