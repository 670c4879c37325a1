package io.headrace.coordination.transaction;

/**
 * Where a transactional id stands. The number is what Kafka's records say, the label what its tools show.
 *
 * <pre>
 * Empty --a partition is added--> Ongoing --EndTxn, or its time is up--> PrepareCommit or PrepareAbort
 *   ^                                ^                                       |
 *   |                                '--the next transaction-- CompleteCommit or CompleteAbort (markers written)
 *   '------------------------ InitProducerId ------------------------------------'
 * Empty, Complete* --an abort with nothing to abort, from version 2 on--> PrepareAbort
 * </pre>
 */
public enum TransactionStatus {
    EMPTY(0, "Empty"),
    ONGOING(1, "Ongoing"),
    PREPARE_COMMIT(2, "PrepareCommit"),
    PREPARE_ABORT(3, "PrepareAbort"),
    COMPLETE_COMMIT(4, "CompleteCommit"),
    COMPLETE_ABORT(5, "CompleteAbort"),
    /** Never in a record. */
    DEAD(6, "Dead"),
    /** Never in a record: Kafka's name for the moment between fencing a producer and aborting its transaction. */
    PREPARE_EPOCH_FENCE(7, "PrepareEpochFence");

    private final byte id;
    private final String label;

    TransactionStatus(int id, String label) {
        this.id = (byte) id;
        this.label = label;
    }

    byte id() {
        return id;
    }

    String label() {
        return label;
    }

    boolean isPrepared() {
        return this == PREPARE_COMMIT || this == PREPARE_ABORT;
    }

    boolean isComplete() {
        return this == COMPLETE_COMMIT || this == COMPLETE_ABORT;
    }

    /** Null for a number that no record has. */
    static TransactionStatus forId(byte id) {
        for (TransactionStatus status : values()) {
            if (status.id == id && status != DEAD && status != PREPARE_EPOCH_FENCE) {
                return status;
            }
        }
        return null;
    }

    /** Null for a label that does not exist. */
    static TransactionStatus forLabel(String label) {
        for (TransactionStatus status : values()) {
            if (status.label.equals(label)) {
                return status;
            }
        }
        return null;
    }
}
