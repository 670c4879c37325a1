package io.headrace.coordination.group.consumer;

import io.headrace.coordination.TopicView;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;

/** What a member says that it owns. */
final class Owned {

    private Owned() {}

    /** Null if it says nothing. */
    static NavigableSet<TopicIdPartition> said(ConsumerGroupHeartbeatRequestData request) {
        if (request.topicPartitions() == null) {
            return null;
        }
        NavigableSet<TopicIdPartition> owned = new TreeSet<>();
        request.topicPartitions()
                .forEach(topic ->
                        topic.partitions().forEach(number -> owned.add(new TopicIdPartition(topic.topicId(), number))));
        return owned;
    }

    /** In the classic protocol; topics that are gone are left out. */
    static NavigableSet<TopicIdPartition> said(ConsumerProtocolSubscription subscription, TopicView topics) {
        NavigableSet<TopicIdPartition> owned = new TreeSet<>();
        subscription.ownedPartitions().forEach(ofTopic -> {
            TopicView.Topic topic = topics.topic(ofTopic.topic());
            if (topic != null) {
                ofTopic.partitions().forEach(number -> owned.add(new TopicIdPartition(topic.id(), number)));
            }
        });
        return owned;
    }
}
