package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.group.GroupCoordinator;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import io.headrace.coordination.group.consumer.MigrationPolicy;
import io.headrace.coordination.group.consumer.assignor.Assignor;
import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicNames;
import io.headrace.metadata.config.ConsumerGroupConfig;
import io.headrace.metadata.config.GroupConfig;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;

/** Group coordinators, on {@code __consumer_offsets}. */
public final class GroupKind implements CoordinatorKind<GroupEvent> {

    /** As Kafka: names are looked at again even if no topic seems to have changed. */
    private static final int REGEX_REFRESH_MS = 600_000;

    private final GroupConfig config;
    private final Supplier<MetadataImage> image;

    public GroupKind(GroupConfig config, Supplier<MetadataImage> image) {
        this.config = config;
        this.image = image;
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
        return new GroupCoordinator(settings(), this::settingsOf);
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

    private ConsumerGroupSettings settingsOf(String groupId) {
        ConsumerGroupConfig group =
                config.consumer().with(image.get().configs(new ConfigResource(ConfigResource.Type.GROUP, groupId)));
        return new ConsumerGroupSettings(
                group.sessionTimeoutMs().value(),
                group.heartbeatIntervalMs().value(),
                !group.heartbeatIntervalSet(),
                group.assignmentIntervalMs().value(),
                group.maxSize(),
                group.assignors().stream().map(GroupKind::assignor).toList(),
                MigrationPolicy.valueOf(group.migrationPolicy()),
                REGEX_REFRESH_MS);
    }

    private static Assignor assignor(String name) {
        return Assignor.valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public GroupEvent timerFired(Object key) {
        return new GroupEvent.TimerFired(key);
    }

    @Override
    public void perform(Object task, LeaderPartition partition, Shard shard, Consumer<GroupEvent> outcome) {
        throw new IllegalArgumentException("no task of a group coordinator: " + task);
    }

    @Override
    public int loadBytes() {
        return config.offsetsLoadBufferBytes();
    }
}
