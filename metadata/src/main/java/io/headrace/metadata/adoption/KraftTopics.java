package io.headrace.metadata.adoption;

import io.headrace.metadata.PartitionImage;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/** The topics of Apache Kafka's metadata, while its records are read. */
final class KraftTopics {

    /** What a change of a partition says of the leader when that stays. */
    private static final int SAME_LEADER = -2;

    private final SortedMap<Uuid, Topic> byId = new TreeMap<>();

    /** A topic with its partitions by their numbers. */
    record Topic(String name, Uuid id, SortedMap<Integer, PartitionImage> partitions) {}

    /** False if the record is not about topics. */
    boolean apply(ApiMessage record) {
        switch (record) {
            case TopicRecord topic ->
                byId.put(topic.topicId(), new Topic(topic.name(), topic.topicId(), new TreeMap<>()));
            case PartitionRecord partition ->
                topic(partition.topicId()).partitions().put(partition.partitionId(), image(partition));
            case PartitionChangeRecord change ->
                topic(change.topicId())
                        .partitions()
                        .compute(change.partitionId(), (id, was) -> changed(id, was, change));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The name of the topic that is no more. */
    String remove(RemoveTopicRecord record) {
        String name = topic(record.topicId()).name();
        byId.remove(record.topicId());
        return name;
    }

    private Topic topic(Uuid id) {
        Topic topic = byId.get(id);
        if (topic == null) {
            throw new IllegalArgumentException("a topic of the id " + id + " that was never created");
        }
        return topic;
    }

    private static PartitionImage image(PartitionRecord record) {
        return new PartitionImage(
                record.partitionId(),
                record.leader(),
                record.leaderEpoch(),
                record.partitionEpoch(),
                record.replicas(),
                record.isr(),
                record.directories());
    }

    private static PartitionImage changed(int id, PartitionImage was, PartitionChangeRecord change) {
        if (was == null) {
            throw new IllegalArgumentException("a change of partition " + id + ", which was never created");
        }
        boolean sameLeader = change.leader() == SAME_LEADER;
        return new PartitionImage(
                id,
                sameLeader ? was.leader() : change.leader(),
                sameLeader ? was.leaderEpoch() : was.leaderEpoch() + 1,
                was.partitionEpoch() + 1,
                change.replicas() == null ? was.replicas() : change.replicas(),
                change.isr() == null ? was.isr() : change.isr(),
                change.directories() == null ? was.directories() : change.directories());
    }

    Collection<Topic> all() {
        return byId.values();
    }
}
