package io.headrace.metadata;

/** The named limits of this module. */
public final class Limits {

    /** Characters of a topic's name; with the partition's number behind it, it must make a file name of 255 bytes. */
    public static final int TOPIC_NAME_CHARS = 249;

    /**
     * Partitions that one request may create, over all of its topics, as in Kafka: they become one batch of the metadata
     * log, which is written and replayed as a whole.
     */
    public static final int PARTITIONS_PER_REQUEST = 10_000;

    /** Partitions of the cluster, over all topics. Each has a directory, a file descriptor and a few KB of heap. */
    public static final int PARTITIONS_TOTAL = 200_000;

    /** Characters of keys and values that one request may set, so that its batch stays below what Kafka reads (8 MB). */
    public static final int CONFIG_CHARS_PER_REQUEST = 1 << 20;

    /** Producer ids handed out at a time; those that a broker has not used when it stops are lost, as in Kafka. */
    public static final int PRODUCER_IDS_PER_BLOCK = 1_000;

    /** Bytes of one batch of the metadata log; Kafka reads no larger ones. */
    public static final int BATCH_BYTES = 8 << 20;

    /**
     * Bytes that the log grows by before a snapshot is written; if the last snapshot was larger, as much as that, so that
     * writing snapshots never costs more than writing the log.
     */
    public static final int SNAPSHOT_EVERY_BYTES = 1 << 20;

    /** Bytes of a batch within a snapshot, which is as much as is held in memory while it is written. */
    public static final int SNAPSHOT_BATCH_BYTES = 128 << 10;

    /** Snapshots that are kept: should the last one turn out to be damaged, the one before and the log after it serve. */
    public static final int SNAPSHOTS_KEPT = 2;

    /** Bytes of the log that are read at a time while it is replayed. */
    public static final int REPLAY_READ_BYTES = 1 << 20;

    private Limits() {}
}
