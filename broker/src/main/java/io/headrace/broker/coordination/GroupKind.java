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
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Group coordinators, on {@code __consumer_offsets}. */
public final class GroupKind implements CoordinatorKind<GroupEvent> {

    /** As Kafka: names are looked at again even if no topic seems to have changed. */
    private static final int REGEX_REFRESH_MS = 600_000;

    private final GroupConfig config;
    private final Supplier<MetadataImage> image;
    private final CoordinatorTopic topic;

    public GroupKind(GroupConfig config, Supplier<MetadataImage> image) {
        this.config = config;
        this.image = image;
        this.topic = new CoordinatorTopic(
                TopicNames.CONSUMER_OFFSETS,
                config.offsetsTopicPartitions(),
                Map.of(
                        "compression.type",
                        "producer",
                        "segment.bytes",
                        Integer.toString(config.offsetsTopicSegmentBytes())),
                RecordCodec.GROUPS,
                config.offsetsLoadBufferBytes());
    }

    @Override
    public CoordinatorTopic topic() {
        return topic;
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
}
