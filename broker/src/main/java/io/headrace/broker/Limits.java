package io.headrace.broker;

/** Every bound of the broker's request handling and upkeep, in one place. */
public final class Limits {

    /** A client needs one per broker; a proxy that shares a connection may need some more. */
    public static final int FETCH_SESSIONS_PER_CONNECTION = 8;

    /** About 200 bytes each. More than that is served, but without a session. */
    public static final int PARTITIONS_PER_FETCH_SESSION = 100_000;

    /** Of all fetch sessions together: 200 MB. Who would need more is served without a session. */
    static final long PARTITIONS_OF_FETCH_SESSIONS = 1_000_000;

    /** A fetch of more is answered at once and does not wait for records: waiting costs some 500 bytes for each partition. */
    public static final int PARTITIONS_PER_PARKED_FETCH = 100_000;

    /** Bytes written and not yet flushed, of all partitions together: what a power loss may cost those who asked for acks=1. */
    static final long UNFLUSHED_BYTES = 256L << 20;

    /** Bytes that requests of all connections may hold at a time, where {@code queued.max.request.bytes} leaves it open. */
    static final long REQUEST_BYTES = 256L << 20;

    /** Logs that are opened at a time after an unclean stop, so that requests get at the disk threads in between. */
    static final int RECOVERIES_AT_A_TIME = 8;

    /**
     * Bytes that may be flushed, of all partitions together, until the recovery points follow without waiting for the clock. A
     * start after kill -9 reads that much, in about a tenth of a second. What it costs is a few fsyncs for each of the logs that
     * have a good share of it, and writing the checkpoint file.
     */
    static final long CHECKPOINT_BYTES = 256L << 20;

    /** A log whose share of the above is less than one part in so many waits for the clock. */
    static final int CHECKPOINT_LOGS = 64;

    /** Milliseconds between asking the logs to flush for a checkpoint and writing it. */
    static final long CHECKPOINT_SETTLE_MS = 1_000;

    /** Milliseconds for parked requests to be answered when the broker stops. */
    static final long STOP_GRACE_MS = 5_000;

    /**
     * Milliseconds that a clean stop waits for the disk before it ends uncleanly. With the grace above it stays below the 90
     * seconds after which systemd kills.
     */
    static final long STOP_DISK_MS = 60_000;

    /** The key map of a compaction takes at most this share of the heap: one part in so many. */
    static final long COMPACTION_HEAP_SHARE = 4;

    /** Milliseconds between two steps of a compaction at most, however low the rate. */
    static final long COMPACTION_PAUSE_MAX_MS = 60_000;

    private Limits() {}
}
