package io.headrace.metadata;

import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The features that a cluster agrees on (KIP-584), each at the one level that is written and spoken here: it is finalized
 * when the first broker starts, and nobody can choose another.
 */
public final class Features {

    public static final String METADATA_VERSION = "metadata.version";

    /**
     * By name. metadata.version is that of Kafka 4.4 and stands for the highest version of each kind of record that is
     * written here, group.version for the consumer group protocol (KIP-848), transaction.version for that of KIP-890.
     */
    public static final PSortedMap<String, Short> LEVELS = TreePMap.<String, Short>empty()
            .plus(METADATA_VERSION, (short) 33)
            .plus("group.version", (short) 1)
            .plus("transaction.version", (short) 2);

    private Features() {}
}
