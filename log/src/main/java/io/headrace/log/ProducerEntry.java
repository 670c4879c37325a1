package io.headrace.log;

/**
 * What a log remembers of one producer: its epoch and its last five batches, by which a batch that is sent again is known.
 * Owned by the owner of the log.
 */
public final class ProducerEntry {

    /** Batches of one producer that are remembered: as many as a producer may have in flight. */
    public static final int BATCHES = 5;

    public long producerId() {
        throw new UnsupportedOperationException("coming");
    }

    public short epoch() {
        throw new UnsupportedOperationException("coming");
    }

    /** Sequence of the last record, -1 if no batch of the epoch is known. */
    public int lastSequence() {
        throw new UnsupportedOperationException("coming");
    }

    /** Offset of the last record, -1 if no batch of the epoch is known. */
    public long lastOffset() {
        throw new UnsupportedOperationException("coming");
    }

    /** Milliseconds: the highest timestamp of the last batch, or that of the last transaction marker. */
    public long lastTimestamp() {
        throw new UnsupportedOperationException("coming");
    }

    /** Epoch of the transaction coordinator that last ended a transaction of this producer, -1 if none did. */
    public int coordinatorEpoch() {
        throw new UnsupportedOperationException("coming");
    }

    /** Where the open transaction began, -1 if there is none. */
    public long transactionStartOffset() {
        throw new UnsupportedOperationException("coming");
    }
}
