package io.headrace.coordination.group.offsets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Offsets by group and partition. */
final class OffsetTable {

    private final Map<String, Map<TopicPartition, CommittedOffset>> byGroup = new LinkedHashMap<>();

    /** Null if there is none. */
    CommittedOffset get(String groupId, TopicPartition partition) {
        return of(groupId).get(partition);
    }

    Map<TopicPartition, CommittedOffset> of(String groupId) {
        return Collections.unmodifiableMap(byGroup.getOrDefault(groupId, Collections.emptyMap()));
    }

    boolean has(String groupId) {
        return byGroup.containsKey(groupId);
    }

    List<String> groupIds() {
        return List.copyOf(byGroup.keySet());
    }

    void put(String groupId, TopicPartition partition, CommittedOffset offset) {
        byGroup.computeIfAbsent(groupId, _ -> new LinkedHashMap<>()).put(partition, offset);
    }

    void remove(String groupId, TopicPartition partition) {
        byGroup.computeIfPresent(groupId, (_, offsets) -> {
            offsets.remove(partition);
            return offsets.isEmpty() ? null : offsets;
        });
    }
}
