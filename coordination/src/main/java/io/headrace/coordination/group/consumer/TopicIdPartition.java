package io.headrace.coordination.group.consumer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.kafka.common.Uuid;

/** A partition of the topic with that id; ordered by topic, then by number. */
public record TopicIdPartition(Uuid topicId, int partition) implements Comparable<TopicIdPartition> {

    @Override
    public int compareTo(TopicIdPartition other) {
        int byTopic = topicId.compareTo(other.topicId);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    /** Makes one entry of each topic and the numbers of its partitions, as messages and records have them. */
    public static <T> List<T> byTopic(
            NavigableSet<TopicIdPartition> partitions, BiFunction<Uuid, List<Integer>, T> entry) {
        List<T> entries = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Uuid topic = null;
        for (TopicIdPartition each : partitions) {
            if (!each.topicId.equals(topic)) {
                if (topic != null) {
                    entries.add(entry.apply(topic, List.copyOf(numbers)));
                }
                topic = each.topicId;
                numbers.clear();
            }
            numbers.add(each.partition);
        }
        if (topic != null) {
            entries.add(entry.apply(topic, List.copyOf(numbers)));
        }
        return entries;
    }

    public static NavigableSet<TopicIdPartition> sorted(Collection<TopicIdPartition> partitions) {
        return Collections.unmodifiableNavigableSet(new TreeSet<>(partitions));
    }
}
