package io.headrace.replication;

/** How far a reader may see and when {@code acks=all} is answered: the broker's {@code acks.all}. */
public enum Visibility {
    /** The high watermark is the flushed offset: what was acknowledged or read survives a power loss. */
    DURABLE,
    /** The high watermark is the log end, as in Apache Kafka with one replica: an unclean stop may take back what was read. */
    WRITTEN
}
