package io.headrace.metadata.config;

/** What a key belongs to, and for a broker's key, how it can be changed while the broker runs. */
public enum ConfigScope {
    /** A topic's key; changed at any time. */
    TOPIC,
    /** A group's key; changed at any time. */
    GROUP,
    /** A broker's key that only the configuration file and the command line set. */
    READ_ONLY,
    /** A broker's key that can be changed at run time, for one broker and not for all at once. */
    PER_BROKER,
    /** A broker's key that can be changed at run time, for one broker or for all. */
    CLUSTER_WIDE
}
