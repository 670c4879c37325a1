package io.headrace.coordination.group.consumer;

import io.headrace.coordination.TopicView;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.protocol.types.SchemaException;
import org.apache.kafka.common.utils.Utils;

/** What consumers tell each other inside of the classic protocol: subscriptions and assignments. */
final class EmbeddedProtocol {

    /** What a group of consumers calls itself. */
    static final String TYPE = "consumer";

    private EmbeddedProtocol() {}

    /** Empty if it cannot be read. */
    static Optional<ConsumerProtocolSubscription> subscription(byte[] metadata) {
        try {
            return Optional.of(ConsumerProtocol.deserializeConsumerProtocolSubscription(ByteBuffer.wrap(metadata)));
        } catch (SchemaException | BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    /** Null if the member has said none. */
    static String rackId(ConsumerProtocolSubscription subscription) {
        return subscription.rackId() == null || subscription.rackId().isEmpty() ? null : subscription.rackId();
    }

    /** Empty if it cannot be read; no bytes stand for no partitions. */
    static Optional<ConsumerProtocolAssignment> assignment(byte[] assignment) {
        if (assignment.length == 0) {
            return Optional.of(new ConsumerProtocolAssignment());
        }
        try {
            return Optional.of(ConsumerProtocol.deserializeConsumerProtocolAssignment(ByteBuffer.wrap(assignment)));
        } catch (SchemaException | BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    /** Topics that are gone are left out. */
    static NavigableSet<TopicIdPartition> partitions(ConsumerProtocolAssignment assignment, TopicView topics) {
        NavigableSet<TopicIdPartition> partitions = new TreeSet<>();
        assignment.assignedPartitions().forEach(ofTopic -> {
            TopicView.Topic topic = topics.topic(ofTopic.topic());
            if (topic != null) {
                ofTopic.partitions().forEach(number -> partitions.add(new TopicIdPartition(topic.id(), number)));
            }
        });
        return partitions;
    }

    /**
     * In the version in which the member wrote its subscription.
     *
     * @param metadata the subscription, which can be read
     */
    static byte[] assignment(NavigableSet<TopicIdPartition> partitions, byte[] metadata, TopicView topics) {
        ConsumerProtocolAssignment assignment = new ConsumerProtocolAssignment();
        NavigableSet<TopicIdPartition> known = new TreeSet<>(partitions);
        known.removeIf(partition -> topics.topic(partition.topicId()) == null);
        TopicIdPartition.byTopic(
                        known,
                        (topicId, numbers) -> new ConsumerProtocolAssignment.TopicPartition()
                                .setTopic(topics.topic(topicId).name())
                                .setPartitions(numbers))
                .forEach(assignment.assignedPartitions()::add);
        short version = ConsumerProtocol.deserializeVersion(ByteBuffer.wrap(metadata));
        return Utils.toArray(ConsumerProtocol.serializeAssignment(assignment, version));
    }
}
