package io.headrace.log;

import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.ports.Check;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The idempotent producers of one log: {@link #check} says whether a batch is the next one of its producer, {@link #append}
 * remembers it once it is written. Belongs to the owner of the log. It is a function of the batches in the log, so that it
 * can be thrown away at any time and built anew from a snapshot and the batches after it.
 */
public final class ProducerStates {

    /** Where the coordinator's epoch stands in the value of a transaction marker, behind a version of two bytes. */
    private static final int MARKER_COORDINATOR_EPOCH_AT = 2;

    private static final int MARKER_BYTES = MARKER_COORDINATOR_EPOCH_AT + Integer.BYTES;

    private final ProducerTable producers = new ProducerTable();
    private int expirationMs;

    /** @param expirationMs after how many milliseconds without a batch a producer is forgotten */
    public ProducerStates(int expirationMs) {
        this.expirationMs = expirationMs;
    }

    /**
     * What to answer instead of appending a client's batch of records: a duplicate or a rejection; empty if the batch is to
     * be appended. Looks at the header's producer fields only, not at offsets, and changes nothing.
     */
    public Optional<AppendResult> check(RecordBatch batch) {
        if (!batch.hasProducerId()) {
            return Optional.empty();
        }
        ProducerEntry entry = producers.get(batch.producerId());
        if (entry == null) {
            return batch.isTransactional() ? Optional.of(notInTransaction()) : Optional.empty();
        }
        Optional<Duplicate> duplicate = entry.duplicateOf(batch);
        return duplicate.isPresent() ? Optional.of(duplicate.get()) : Optional.ofNullable(reject(entry, batch));
    }

    /** Null if there is nothing to say against the batch. */
    private static Rejected reject(ProducerEntry entry, RecordBatch batch) {
        if (batch.producerEpoch() < entry.epoch()) {
            return Rejected.of(
                    ErrorCode.INVALID_PRODUCER_EPOCH,
                    "epoch " + batch.producerEpoch() + " of producer " + entry.producerId()
                            + " has been superseded by epoch " + entry.epoch());
        }
        boolean sameEpoch = batch.producerEpoch() == entry.epoch();
        if (batch.isTransactional() && !(sameEpoch && entry.hasOpenTransaction())) {
            return notInTransaction();
        }
        int expected = sameEpoch ? nextSequence(entry) : 0;
        if (batch.baseSequence() != expected && entry.epoch() != RecordBatch.NO_PRODUCER_EPOCH) {
            return Rejected.of(
                    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                    "sequence " + batch.baseSequence() + " of producer " + entry.producerId() + " in epoch "
                            + batch.producerEpoch() + " came where " + expected + " was due");
        }
        if (!batch.isTransactional() && entry.hasOpenTransaction()) {
            return Rejected.of(
                    ErrorCode.INVALID_TXN_STATE,
                    "producer " + entry.producerId() + " wrote outside of its open transaction");
        }
        return null;
    }

    private static int nextSequence(ProducerEntry entry) {
        return RecordBatch.addToSequence(entry.lastSequence(), 1);
    }

    private static Rejected notInTransaction() {
        return Rejected.of(ErrorCode.INVALID_TXN_STATE, "the partition is not part of an open transaction");
    }

    /**
     * Takes note of a batch of the log, with its offsets: just appended, replicated, or read again when loading. It is in the
     * log and so it counts, whatever {@link #check} would say.
     */
    public void append(RecordBatch batch) {
        if (!batch.hasProducerId()) {
            return;
        }
        if (batch.isControl()) {
            appendMarker(batch);
        } else {
            entryOf(batch.producerId()).append(batch);
        }
    }

    private void appendMarker(RecordBatch batch) {
        try (RecordCursor records = new RecordCursor()) {
            records.open(batch);
            // One without a record is what compaction left of a transaction that is wholly gone.
            if (records.next()) {
                ByteBuffer marker = records.value();
                Check.that(
                        marker != null && marker.remaining() >= MARKER_BYTES, "a marker names the coordinator's epoch");
                entryOf(batch.producerId())
                        .endTransaction(
                                batch.producerEpoch(), marker.getInt(MARKER_COORDINATOR_EPOCH_AT), records.timestamp());
            }
        }
    }

    private ProducerEntry entryOf(long producerId) {
        ProducerEntry entry = producers.get(producerId);
        if (entry == null) {
            entry = new ProducerEntry(producerId);
            producers.put(entry);
        }
        return entry;
    }

    /** Adds a producer from a snapshot. */
    void restore(ProducerEntry entry) {
        producers.put(entry);
    }

    /** Forgets the producers that have been silent for too long; one with an open transaction never has. */
    public void expire(long wallMs) {
        producers.removeIf(entry -> hasExpired(entry, wallMs));
    }

    boolean hasExpired(ProducerEntry entry, long wallMs) {
        return !entry.hasOpenTransaction() && wallMs - entry.lastTimestamp() >= expirationMs;
    }

    /** Changes the time after which a producer is forgotten, in milliseconds. */
    public void expireAfter(int ms) {
        expirationMs = ms;
    }

    /** Ordered by producer id. */
    public List<ProducerEntry> entries() {
        return producers.sorted();
    }

    public int size() {
        return producers.size();
    }

    public void clear() {
        producers.clear();
    }
}
