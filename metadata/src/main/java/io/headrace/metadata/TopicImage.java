package io.headrace.metadata;

import java.util.List;
import org.apache.kafka.common.Uuid;

/** A topic; the partition with the id n is the n-th of the list, which never changes. */
public record TopicImage(String name, Uuid id, List<PartitionImage> partitions) {

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
