package io.headrace.log;

import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The producers of one log, idempotent and transactional: {@link #check} says whether a batch is the next one of its
 * producer, {@link #append} remembers it once it is written. Belongs to the owner of the log. But for the verifications
 * under way it is a function of the batches in the log, so that it can be thrown away at any time and built anew from a
 * snapshot and the batches after it.
 */
public final class ProducerStates {

    private final ProducerTable producers = new ProducerTable();
    private final OpenTransactions transactions = new OpenTransactions();
    private final Map<Long, Verification> verifications = new LinkedHashMap<>(0);
    private int expirationMs;

    /** @param expirationMs after how many milliseconds without a batch a producer is forgotten */
    public ProducerStates(int expirationMs) {
        this.expirationMs = expirationMs;
    }

    // ---- verification

    /** What a producer's transactional batch needs before it is appended. */
    public sealed interface Standing {

        /** Nothing: the log holds an open transaction of the producer and epoch. */
        record InTransaction() implements Standing {}

        /** The coordinator has to be asked, and the verification handed in with the batch. */
        record Unverified(Verification verification) implements Standing {}

        /** The epoch has been superseded: it will not be appended. */
        record Fenced(Rejected answer) implements Standing {}
    }

    /**
     * Where a transactional batch stands; begins a verification, or joins the one that is under way, if it needs one.
     *
     * @param bumpsEpoch the producer has a new epoch in every transaction
     */
    public Standing standing(long producerId, short epoch, int sequence, boolean bumpsEpoch, long wallMs) {
        ProducerEntry entry = producers.get(producerId);
        if (entry != null && epoch < entry.epoch()) {
            return new Standing.Fenced(superseded(producerId, epoch, entry));
        }
        if (entry != null && entry.isInTransaction(epoch)) {
            return new Standing.InTransaction();
        }
        Verification verification =
                verifications.computeIfAbsent(producerId, _ -> new Verification(wallMs, sequence, epoch, bumpsEpoch));
        verification.joinedBy(sequence, epoch);
        return new Standing.Unverified(verification);
    }

    private boolean isVerified(RecordBatch batch, Verification verification) {
        return verification != null && verification.equals(verifications.get(batch.producerId()));
    }

    // ---- check

    /**
     * What to answer instead of appending the batch: a duplicate or a rejection; empty if the batch is to be appended. Looks
     * at the header's producer fields, and of a marker at the record, not at offsets, and changes nothing.
     */
    public Optional<AppendResult> check(RecordBatch batch, AppendOrigin origin) {
        if (!batch.hasProducerId()) {
            return Optional.empty();
        }
        ProducerEntry entry = producers.get(batch.producerId());
        return switch (origin) {
            case AppendOrigin.Client(int _, Verification verification) -> {
                Optional<Duplicate> duplicate = entry == null ? Optional.empty() : entry.duplicateOf(batch);
                yield duplicate.isPresent()
                        ? Optional.of(duplicate.get())
                        : Optional.ofNullable(rejectSent(entry, batch, verification));
            }
            case AppendOrigin.Coordinator(Verification verification) ->
                Optional.ofNullable(rejectUnverified(entry, batch, verification));
            case AppendOrigin.Marker marker ->
                entry == null ? Optional.empty() : Optional.ofNullable(rejectMarker(entry, batch, marker));
        };
    }

    /** Null if there is nothing to say against the batch of a client. */
    private Rejected rejectSent(ProducerEntry entry, RecordBatch batch, Verification verification) {
        Rejected rejected = rejectUnverified(entry, batch, verification);
        if (rejected == null) {
            rejected = rejectSequence(entry, batch);
        }
        if (rejected == null && entry != null && !batch.isTransactional() && entry.hasOpenTransaction()) {
            rejected = Rejected.of(
                    ErrorCode.INVALID_TXN_STATE,
                    "producer " + entry.producerId() + " wrote outside of its open transaction");
        }
        return rejected;
    }

    /** Null if the epoch may still write, and a transaction, if the batch is of one, has the partition in it. */
    private Rejected rejectUnverified(ProducerEntry entry, RecordBatch batch, Verification verification) {
        if (entry != null && batch.producerEpoch() < entry.epoch()) {
            return superseded(batch.producerId(), batch.producerEpoch(), entry);
        }
        boolean open = entry != null && entry.isInTransaction(batch.producerEpoch());
        if (batch.isTransactional() && !open && !isVerified(batch, verification)) {
            return Rejected.of(ErrorCode.INVALID_TXN_STATE, "the partition is not part of an open transaction");
        }
        return null;
    }

    private Rejected rejectSequence(ProducerEntry entry, RecordBatch batch) {
        Verification verification = verifications.get(batch.producerId());
        if (verification != null) {
            boolean atBegin = verification.bumpsEpoch() && (entry == null || !entry.hasBatches());
            int highest = atBegin ? 0 : verification.lowestSequence();
            if (batch.baseSequence() > highest) {
                return outOfOrder(batch, highest);
            }
        }
        if (entry == null) {
            return null;
        }
        boolean sameEpoch = batch.producerEpoch() == entry.epoch();
        int expected = sameEpoch ? RecordBatch.addToSequence(entry.lastSequence(), 1) : 0;
        return batch.baseSequence() != expected && entry.epoch() != RecordBatch.NO_PRODUCER_EPOCH
                ? outOfOrder(batch, expected)
                : null;
    }

    private static Rejected outOfOrder(RecordBatch batch, int expected) {
        return Rejected.of(
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                "sequence " + batch.baseSequence() + " of producer " + batch.producerId() + " in epoch "
                        + batch.producerEpoch() + " came where " + expected + " was due");
    }

    private static Rejected superseded(long producerId, short epoch, ProducerEntry entry) {
        return Rejected.of(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                "epoch " + epoch + " of producer " + producerId + " has been superseded by epoch " + entry.epoch());
    }

    /** Null if the marker may be written; it may be written again when the transaction is over already. */
    private static Rejected rejectMarker(ProducerEntry entry, RecordBatch batch, AppendOrigin.Marker origin) {
        short epoch = batch.producerEpoch();
        boolean again = epoch == entry.epoch() && (!entry.hasOpenTransaction() || epoch == Short.MAX_VALUE);
        if (epoch < entry.epoch() || (origin.bumpsEpoch() && epoch == entry.epoch() && !again)) {
            return superseded(batch.producerId(), epoch, entry);
        }
        TransactionMarker marker = TransactionMarker.in(batch);
        if (marker != null && marker.coordinatorEpoch() < entry.coordinatorEpoch()) {
            return Rejected.of(
                    ErrorCode.TRANSACTION_COORDINATOR_FENCED,
                    "coordinator epoch " + marker.coordinatorEpoch() + " has been superseded by "
                            + entry.coordinatorEpoch());
        }
        return null;
    }

    // ---- append

    /**
     * Takes note of a batch of the log, with its offsets: just appended, replicated, or read again when loading. It is in the
     * log and so it counts, whatever {@link #check} would say.
     *
     * @return the transaction that the batch aborts, null if it aborts none with records in this log
     */
    AbortedTransaction append(RecordBatch batch) {
        if (!batch.hasProducerId()) {
            return null;
        }
        AbortedTransaction aborted = null;
        if (batch.isControl()) {
            aborted = appendMarker(batch);
        } else {
            appendRecords(batch);
        }
        if (batch.isTransactional() && !verifications.isEmpty()) {
            verifications.computeIfPresent(batch.producerId(), (_, asked) -> asked.isOverAfter(batch) ? null : asked);
        }
        return aborted;
    }

    private void appendRecords(RecordBatch batch) {
        ProducerEntry entry = entryOf(batch.producerId());
        boolean begins = batch.isTransactional() && !entry.hasOpenTransaction();
        entry.append(batch);
        if (begins) {
            transactions.begin(batch.baseOffset(), batch.producerId());
        }
    }

    private AbortedTransaction appendMarker(RecordBatch batch) {
        TransactionMarker marker = TransactionMarker.in(batch);
        if (marker == null) {
            return null;
        }
        ProducerEntry entry = entryOf(batch.producerId());
        long began = entry.transactionStartOffset();
        boolean open = entry.hasOpenTransaction();
        entry.endTransaction(batch.producerEpoch(), marker.coordinatorEpoch(), batch.maxTimestamp());
        if (!open) {
            return null;
        }
        transactions.end(began, batch.lastOffset());
        return marker.commit()
                ? null
                : new AbortedTransaction(
                        batch.producerId(),
                        began,
                        batch.lastOffset(),
                        transactions.lastStableAfter(batch.producerId(), batch.lastOffset()));
    }

    /** First offset of the first transaction whose end is not below the high watermark; {@code Long.MAX_VALUE} if none. */
    long firstUnstableOffset(long highWatermark) {
        return transactions.firstUnstable(highWatermark);
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
        if (entry.hasOpenTransaction()) {
            transactions.begin(entry.transactionStartOffset(), entry.producerId());
        }
    }

    /** Forgets the producers that have been silent for too long; one with an open transaction never has. */
    public void expire(long wallMs) {
        producers.removeIf(entry -> hasExpired(entry, wallMs));
        verifications.values().removeIf(asked -> wallMs - asked.startedMs() >= expirationMs);
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
        transactions.clear();
        verifications.clear();
    }
}
