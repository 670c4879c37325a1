package io.headrace.replication;

import io.headrace.log.PartitionLog;

/** What a reader sees of transactions: its {@code isolation.level}. */
public enum Isolation {
    /** All records below the high watermark. */
    READ_UNCOMMITTED,
    /** Records below the last stable offset, with the aborted transactions to leave out. */
    READ_COMMITTED;

    private static final byte COMMITTED_CODE = 1;

    /** The isolation level of a request: 1 is READ_COMMITTED. */
    public static Isolation forCode(byte code) {
        return code == COMMITTED_CODE ? READ_COMMITTED : READ_UNCOMMITTED;
    }

    /** Offsets below it may be read. */
    public long endOf(PartitionLog log, long highWatermark) {
        return switch (this) {
            case READ_UNCOMMITTED -> highWatermark;
            case READ_COMMITTED -> log.lastStableOffset(highWatermark);
        };
    }
}
