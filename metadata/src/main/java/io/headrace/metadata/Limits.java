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

    private Limits() {}
}
