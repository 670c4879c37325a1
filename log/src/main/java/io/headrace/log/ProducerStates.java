package io.headrace.log;

import io.headrace.wire.RecordBatch;
import java.util.List;
import java.util.Optional;

/**
 * The idempotent producers of one log: {@link #check} says whether a batch is the next one of its producer, {@link #append}
 * remembers it once it is written. Owned by the owner of the log. It is a function of the batches in the log, so that it
 * can be thrown away at any time and built anew from a snapshot and the batches after it.
 */
public final class ProducerStates {

    public ProducerStates(int expirationMs) {}

    /**
     * What to answer instead of appending a client's batch: a duplicate or a rejection; empty if the batch is to be
     * appended. Looks at the header's producer fields only, not at offsets, and changes nothing.
     */
    public Optional<AppendResult> check(RecordBatch batch) {
        throw new UnsupportedOperationException("coming");
    }

    /** Takes note of a batch of the log, with its offsets: just appended, replicated, or read again when loading. */
    public void append(RecordBatch batch) {
        throw new UnsupportedOperationException("coming");
    }

    /** As {@link #append}, while loading. */
    public void replay(RecordBatch batch) {
        append(batch);
    }

    /** Forgets the producers that have been silent for too long. */
    public void expire(long wallMs) {
        throw new UnsupportedOperationException("coming");
    }

    public void expireAfter(int expirationMs) {
        throw new UnsupportedOperationException("coming");
    }

    /** Ordered by producer id. */
    public List<ProducerEntry> entries() {
        throw new UnsupportedOperationException("coming");
    }

    public int size() {
        throw new UnsupportedOperationException("coming");
    }

    public void clear() {
        throw new UnsupportedOperationException("coming");
    }

    /** Start of the oldest open transaction, -1 if there is none. */
    public long firstOpenTransactionOffset() {
        throw new UnsupportedOperationException("coming");
    }
}
