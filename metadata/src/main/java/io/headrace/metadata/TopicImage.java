package io.headrace.metadata;

import org.apache.kafka.common.Uuid;
import org.pcollections.PVector;

/** A topic; the partition with the id n is the n-th of the vector. */
public record TopicImage(String name, Uuid id, PVector<PartitionImage> partitions) {

    public int partitionCount() {
        return partitions.size();
    }

    /** The partition of that id, or null. */
    public PartitionImage partition(int partitionId) {
        return partitionId < 0 || partitionId >= partitions.size() ? null : partitions.get(partitionId);
    }

    /** Written by the broker itself, and shown to clients as internal. */
    public boolean internal() {
        return TopicNames.isInternal(name);
    }
}
