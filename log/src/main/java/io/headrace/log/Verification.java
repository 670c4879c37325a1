package io.headrace.log;

import io.headrace.wire.RecordBatch;

/**
 * The question, under way or answered, whether a producer's next transactional batch belongs to a transaction (KIP-890). A
 * batch that would begin a transaction in this log is appended only with the verification that is still the producer's
 * latest: a marker that comes in between ends it, so that a late batch never lands in the transaction after. Belongs to
 * the owner of the log; for all others it is a token.
 */
public final class Verification {

    /** The transaction version from which on every transaction has an epoch of its own. */
    static final int FIRST_VERSION_WITH_EPOCH_BUMP = 2;

    private final long startedMs;
    private final boolean bumpsEpoch;
    private int lowestSequence;
    private short epoch;

    Verification(long startedMs, int sequence, short epoch, boolean bumpsEpoch) {
        this.startedMs = startedMs;
        this.lowestSequence = sequence;
        this.epoch = epoch;
        this.bumpsEpoch = bumpsEpoch;
    }

    /** Another batch asks: if the one with the lower sequence has to be sent again, a later one must not overtake it. */
    void joinedBy(int sequence, short batchEpoch) {
        if (batchEpoch > epoch || (batchEpoch == epoch && sequence < lowestSequence)) {
            epoch = batchEpoch;
            lowestSequence = sequence;
        }
    }

    /** Wall time in milliseconds. */
    long startedMs() {
        return startedMs;
    }

    boolean bumpsEpoch() {
        return bumpsEpoch;
    }

    int lowestSequence() {
        return lowestSequence;
    }

    /** What the log has just taken in says that nobody waits for the answer any more. */
    boolean isOverAfter(RecordBatch batch) {
        boolean nextTransactionBegan = bumpsEpoch && batch.isControl() && batch.producerEpoch() == epoch;
        return !nextTransactionBegan;
    }
}
