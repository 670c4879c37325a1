package io.headrace.coordination.group.offsets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Offsets of transactions that have not ended, by producer id. */
final class PendingOffsets {

    private final Map<Long, OffsetTable> byProducer = new LinkedHashMap<>();

    /** The producers with a pending offset, by group and partition. */
    private final Map<String, Map<TopicPartition, Set<Long>>> producers = new LinkedHashMap<>();

    void put(long producerId, String groupId, TopicPartition partition, CommittedOffset offset) {
        byProducer.computeIfAbsent(producerId, _ -> new OffsetTable()).put(groupId, partition, offset);
        producers
                .computeIfAbsent(groupId, _ -> new LinkedHashMap<>())
                .computeIfAbsent(partition, _ -> new LinkedHashSet<>())
                .add(producerId);
    }

    /** Of all producers. */
    void remove(String groupId, TopicPartition partition) {
        for (long producerId : List.copyOf(producersOf(groupId, partition))) {
            forget(producerId, groupId, partition);
        }
    }

    /** What the producer has pending, which is pending no longer. */
    OffsetTable end(long producerId) {
        OffsetTable ended = byProducer.getOrDefault(producerId, new OffsetTable());
        OffsetTable copy = new OffsetTable();
        for (String groupId : ended.groupIds()) {
            ended.of(groupId).forEach((partition, offset) -> copy.put(groupId, partition, offset));
            for (TopicPartition partition : List.copyOf(ended.of(groupId).keySet())) {
                forget(producerId, groupId, partition);
            }
        }
        return copy;
    }

    boolean has(String groupId, TopicPartition partition) {
        return !producersOf(groupId, partition).isEmpty();
    }

    List<TopicPartition> partitions(String groupId) {
        return List.copyOf(
                producers.getOrDefault(groupId, new LinkedHashMap<>()).keySet());
    }

    List<String> groupIds() {
        return List.copyOf(producers.keySet());
    }

    /** The offsets that are pending for the partition. */
    List<CommittedOffset> of(String groupId, TopicPartition partition) {
        return producersOf(groupId, partition).stream()
                .map(producerId -> byProducer.get(producerId).get(groupId, partition))
                .toList();
    }

    private Set<Long> producersOf(String groupId, TopicPartition partition) {
        return producers.getOrDefault(groupId, Collections.emptyMap()).getOrDefault(partition, Collections.emptySet());
    }

    private void forget(long producerId, String groupId, TopicPartition partition) {
        byProducer.computeIfPresent(producerId, (_, offsets) -> {
            offsets.remove(groupId, partition);
            return offsets.groupIds().isEmpty() ? null : offsets;
        });
        producers.computeIfPresent(groupId, (_, partitions) -> {
            partitions.computeIfPresent(partition, (_, ids) -> {
                ids.remove(producerId);
                return ids.isEmpty() ? null : ids;
            });
            return partitions.isEmpty() ? null : partitions;
        });
    }
}
