package io.headrace.broker;

import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.MetadataChange;
import io.headrace.metadata.TopicImage;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Brings what the controller has committed to the partitions: other configurations, and the end of those whose topic is
 * gone. New topics need nothing, since a partition is made when it is first asked for. Runs on shard 0.
 */
final class TopicChanges {

    private final ShardGroup shards;
    private final Partitions partitions;
    private final PartitionFactory factory;
    private final Checkpoints checkpoints;
    private final DeletedPartitions deleted;

    TopicChanges(
            ShardGroup shards,
            Partitions partitions,
            PartitionFactory factory,
            Checkpoints checkpoints,
            DeletedPartitions deleted) {
        this.shards = shards;
        this.partitions = partitions;
        this.factory = factory;
        this.checkpoints = checkpoints;
        this.deleted = deleted;
    }

    void published(MetadataChange change) {
        Set<String> configured = new TreeSet<>();
        boolean allConfigured = false;
        for (ApiMessage record : change.records()) {
            switch (record) {
                case RemoveTopicRecord removed -> delete(change.before().topic(removed.topicId()));
                case ConfigRecord config
                when config.resourceType() == ConfigResource.Type.TOPIC.code() -> configured.add(config.resourceName());
                case ConfigRecord config
                when config.resourceType() == ConfigResource.Type.BROKER.code() -> allConfigured = true;
                default -> {}
            }
        }
        if (allConfigured || !configured.isEmpty()) {
            configure(configured, allConfigured);
        }
    }

    private void configure(Set<String> topics, boolean all) {
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> {
                for (LeaderPartition partition : partitions.inUse(shard)) {
                    if (all || topics.contains(partition.id().topic())) {
                        factory.configure(partition);
                    }
                }
            });
        }
    }

    private void delete(TopicImage topic) {
        if (topic == null) {
            // Created and removed by the same batch of records.
            return;
        }
        checkpoints.forget(topic.name());
        for (int i = 0; i < topic.partitionCount(); i++) {
            PartitionRef ref = new PartitionRef(topic.id(), i);
            Shard shard = partitions.shardOf(ref);
            deleted.announce(topic, i);
            shard.post(() -> {
                LeaderPartition partition = partitions.remove(ref);
                if (partition == null) {
                    deleted.remove(topic, ref.partition(), shard);
                } else {
                    partition.delete(() -> deleted.remove(topic, ref.partition(), shard));
                }
            });
        }
    }
}
