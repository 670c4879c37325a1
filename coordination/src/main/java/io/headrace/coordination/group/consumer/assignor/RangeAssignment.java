package io.headrace.coordination.group.consumer.assignor;

import io.headrace.coordination.group.consumer.TopicIdPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.Uuid;

/**
 * Cuts each topic into one range for each subscriber, the longer ranges first. Members stand in the same order for every
 * topic (static ones first, by instance id, so that they find their ranges again), hence topics with equal subscribers
 * and partition counts are cut alike.
 */
final class RangeAssignment {

    private static final Comparator<Subscriber> ORDER = Comparator.comparing(
                    Subscriber::instanceId, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Subscriber::memberId);

    private RangeAssignment() {}

    static NavigableMap<String, NavigableSet<TopicIdPartition>> build(
            Collection<Subscriber> subscribers, ToIntFunction<Uuid> partitionCount) {
        NavigableMap<String, NavigableSet<TopicIdPartition>> targets = new TreeMap<>();
        NavigableMap<Uuid, List<Subscriber>> byTopic = new TreeMap<>();
        for (Subscriber subscriber : subscribers.stream().sorted(ORDER).toList()) {
            targets.put(subscriber.memberId(), new TreeSet<>());
            subscriber
                    .topics()
                    .forEach(topicId -> byTopic.computeIfAbsent(topicId, _ -> new ArrayList<>())
                            .add(subscriber));
        }
        byTopic.forEach((topicId, ofTopic) -> {
            int count = partitionCount.applyAsInt(topicId);
            int length = count / ofTopic.size();
            int longer = count % ofTopic.size();
            int next = 0;
            for (int i = 0; i < ofTopic.size(); i++) {
                NavigableSet<TopicIdPartition> target =
                        targets.get(ofTopic.get(i).memberId());
                for (int end = next + length + (i < longer ? 1 : 0); next < end; next++) {
                    target.add(new TopicIdPartition(topicId, next));
                }
            }
        });
        return targets;
    }
}
