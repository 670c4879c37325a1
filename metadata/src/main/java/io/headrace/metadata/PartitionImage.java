package io.headrace.metadata;

import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * A partition as the metadata knows it. {@code directories} says for each of the replicas, in their order, in which log
 * directory it lies. The lists are not copied and must not change.
 */
public record PartitionImage(
        int id,
        int leader,
        int leaderEpoch,
        int partitionEpoch,
        List<Integer> replicas,
        List<Integer> isr,
        List<Uuid> directories) {

    /** The log directory of a broker's replica, or the zero id if the broker has none. */
    public Uuid directoryOf(int brokerId) {
        for (int i = 0; i < replicas.size(); i++) {
            if (replicas.get(i) == brokerId) {
                return directories.get(i);
            }
        }
        return Uuid.ZERO_UUID;
    }

    PartitionImage withNextLeaderEpoch() {
        return new PartitionImage(id, leader, leaderEpoch + 1, partitionEpoch + 1, replicas, isr, directories);
    }
}
