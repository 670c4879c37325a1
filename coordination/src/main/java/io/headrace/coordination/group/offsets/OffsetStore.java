package io.headrace.coordination.group.offsets;

import io.headrace.coordination.Origin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/** Every offset that the partition holds: what its records say, and nothing else. */
public final class OffsetStore {

    private final OffsetTable committed = new OffsetTable();
    private final PendingOffsets pending = new PendingOffsets();
    private long written;

    /** @param value null of a tombstone, which takes pending offsets with it */
    public void apply(OffsetCommitKey key, OffsetCommitValue value, Origin origin) {
        TopicPartition partition = new TopicPartition(key.topic(), key.partition());
        if (value == null) {
            committed.remove(key.group(), partition);
            pending.remove(key.group(), partition);
            return;
        }
        CommittedOffset offset = CommittedOffset.of(value, written++);
        if (origin.isTransactional()) {
            pending.put(origin.producerId(), key.group(), partition, offset);
        } else {
            committed.put(key.group(), partition, offset);
        }
    }

    /** An offset that was committed after the one of the transaction stays. */
    public void applyMarker(long producerId, boolean commit) {
        OffsetTable ended = pending.end(producerId);
        if (!commit) {
            return;
        }
        for (String groupId : ended.groupIds()) {
            ended.of(groupId).forEach((partition, offset) -> {
                CommittedOffset current = committed.get(groupId, partition);
                if (current == null || current.order() < offset.order()) {
                    committed.put(groupId, partition, offset);
                }
            });
        }
    }

    Map<TopicPartition, CommittedOffset> committed(String groupId) {
        return committed.of(groupId);
    }

    /** Null if there is none. */
    CommittedOffset committed(String groupId, TopicPartition partition) {
        return committed.get(groupId, partition);
    }

    boolean isPending(String groupId, TopicPartition partition) {
        return pending.has(groupId, partition);
    }

    List<CommittedOffset> pending(String groupId, TopicPartition partition) {
        return pending.of(groupId, partition);
    }

    /** With an offset, committed or pending. */
    Set<TopicPartition> partitions(String groupId) {
        Set<TopicPartition> partitions =
                new LinkedHashSet<>(committed.of(groupId).keySet());
        partitions.addAll(pending.partitions(groupId));
        return partitions;
    }

    /** With an offset, committed or pending. */
    Set<String> groupIds() {
        Set<String> groupIds = new LinkedHashSet<>(committed.groupIds());
        groupIds.addAll(pending.groupIds());
        return groupIds;
    }
}
