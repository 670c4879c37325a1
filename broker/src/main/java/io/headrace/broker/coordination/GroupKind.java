package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.group.GroupCoordinator;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import io.headrace.metadata.TopicNames;
import io.headrace.metadata.config.GroupConfig;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;

/** Group coordinators, on {@code __consumer_offsets}. */
public final class GroupKind implements CoordinatorKind<GroupEvent> {

    private final GroupConfig config;

    public GroupKind(GroupConfig config) {
        this.config = config;
    }

    @Override
    public String topic() {
        return TopicNames.CONSUMER_OFFSETS;
    }

    @Override
    public CreatableTopic definition() {
        CreatableTopic topic = new CreatableTopic()
                .setName(topic())
                .setNumPartitions(config.offsetsTopicPartitions())
                .setReplicationFactor((short) 1);
        add(topic, "cleanup.policy", "compact");
        add(topic, "compression.type", "producer");
        add(topic, "segment.bytes", Integer.toString(config.offsetsTopicSegmentBytes()));
        return topic;
    }

    private static void add(CreatableTopic topic, String key, String value) {
        topic.configs().add(new CreatableTopicConfig().setName(key).setValue(value));
    }

    @Override
    public RecordCodec codec() {
        return RecordCodec.GROUPS;
    }

    @Override
    public Coordinator<GroupEvent> newCore() {
        return new GroupCoordinator(settings(), _ -> ConsumerGroupSettings.defaults());
    }

    private GroupSettings settings() {
        return new GroupSettings(
                config.minSessionTimeoutMs(),
                config.maxSessionTimeoutMs(),
                config.maxSize(),
                config.initialRebalanceDelayMs(),
                config.offsetMetadataMaxBytes(),
                config.offsetsRetentionMs(),
                config.offsetsRetentionCheckIntervalMs());
    }

    @Override
    public GroupEvent timerFired(Object key) {
        return new GroupEvent.TimerFired(key);
    }

    @Override
    public int loadBytes() {
        return config.offsetsLoadBufferBytes();
    }
}
