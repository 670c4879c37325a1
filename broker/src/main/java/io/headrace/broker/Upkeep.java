package io.headrace.broker;

import io.headrace.metadata.LocalMetadataLog;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.config.BrokerConfig;
import io.headrace.ports.Time;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.util.function.Consumer;

/**
 * What the broker does by the clock: lets the recovery points follow, so that a restart has little to read, and drops what
 * has expired. Driven by shard 0; while nothing is written it costs a few wake-ups a minute.
 */
final class Upkeep {

    private final ShardGroup shards;
    private final Partitions partitions;
    private final PartitionFactory factory;
    private final Time time;
    private final Checkpoints checkpoints;
    private final Node node;
    private final LocalMetadataLog metadataLog;
    private final BrokerConfig config;

    Upkeep(
            ShardGroup shards,
            Partitions partitions,
            PartitionFactory factory,
            Time time,
            Checkpoints checkpoints,
            Node node,
            LocalMetadataLog metadataLog,
            BrokerConfig config) {
        this.shards = shards;
        this.partitions = partitions;
        this.factory = factory;
        this.time = time;
        this.checkpoints = checkpoints;
        this.node = node;
        this.metadataLog = metadataLog;
        this.config = config;
    }

    /** On shard 0. */
    void start() {
        scheduleCheckpoint();
        scheduleRetention();
    }

    private Shard home() {
        return shards.shard(0);
    }

    private void scheduleCheckpoint() {
        home().schedule(config.logFlushOffsetCheckpointIntervalMs(), () -> {
            onEachPartition(LeaderPartition::checkpoint);
            metadataLog.checkpoint();
            // The recovery points follow when the flushes come back; those that are late are saved next time.
            home().schedule(Limits.CHECKPOINT_SETTLE_MS, this::saveCheckpoints);
            scheduleCheckpoint();
        });
    }

    private void saveCheckpoints() {
        checkpoints.save(home(), () -> {}, cause -> BrokerLog.warn("the checkpoints could not be written", cause));
    }

    private void scheduleRetention() {
        home().schedule(config.logRetentionCheckIntervalMs(), () -> {
            onEachPartition(LeaderPartition::enforceRetention);
            retainUnopened();
            scheduleRetention();
        });
    }

    private void onEachPartition(Consumer<LeaderPartition> action) {
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> partitions.inUse(shard).forEach(action));
        }
    }

    /** A log that nobody has asked for since the start expires as well; only that which may have is opened. */
    private void retainUnopened() {
        MetadataImage image = node.image();
        node.logDirs()
                .expired(
                        home(),
                        image,
                        topic -> factory.logConfig(topic, image),
                        time.wallMs(),
                        expired -> {
                            for (PartitionRef ref : expired) {
                                partitions.shardOf(ref).post(() -> openAndRetain(ref));
                            }
                        },
                        cause -> BrokerLog.warn("the log directory could not be read", cause));
    }

    private void openAndRetain(PartitionRef ref) {
        LeaderPartition partition = partitions.find(ref);
        if (partition != null && partition.openLog() == null) {
            partition.query((_, _) -> partition.enforceRetention(), _ -> {});
        }
    }
}
