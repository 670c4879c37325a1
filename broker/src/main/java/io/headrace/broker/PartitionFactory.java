package io.headrace.broker;

import io.headrace.log.AppendValidator;
import io.headrace.log.DamagedLog;
import io.headrace.log.LoadPoint;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.PartitionLog;
import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.PartitionImage;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.config.BrokerConfig;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.metadata.config.TopicConfigs;
import io.headrace.ports.Disk;
import io.headrace.ports.Time;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.LogOpener;
import io.headrace.replication.PartitionEnv;
import io.headrace.replication.UnflushedBudget;
import io.headrace.replication.Visibility;
import io.headrace.runtime.DiskThreads;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the partitions of the image as they are first asked for, on the shard that will own them. What it knows of the last
 * run is believed once: a log that is opened again was written by this run.
 */
final class PartitionFactory {

    private final BrokerConfig config;
    private final ConfigLayers layers;
    private final Supplier<MetadataImage> image;
    private final Disk disk;
    private final Time time;
    private final DataDirectory directory;
    private final DeletedPartitions deleted;
    private final List<PartitionEnv> envs = new ArrayList<>();
    private LastRun lastRun;

    PartitionFactory(
            BrokerConfig config,
            ConfigLayers layers,
            Supplier<MetadataImage> image,
            Disk disk,
            Time time,
            DataDirectory directory,
            DeletedPartitions deleted) {
        this.config = config;
        this.layers = layers;
        this.image = image;
        this.disk = disk;
        this.time = time;
        this.directory = directory;
        this.deleted = deleted;
    }

    /** What the partitions of each shard share; before the first of them is made. */
    void serve(ShardGroup shards, DiskThreads threads, PartitionEnv.Events events) {
        Visibility visibility = config.acksAllDurable() ? Visibility.DURABLE : Visibility.WRITTEN;
        long unflushedBytes = config.acksAllDurable() ? Limits.UNFLUSHED_BYTES / shards.size() : Long.MAX_VALUE;
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            envs.add(new PartitionEnv(
                    threads.workFor(shard),
                    time,
                    visibility,
                    new AppendValidator(),
                    new UnflushedBudget(unflushedBytes),
                    events));
        }
    }

    /** Before the first partition is made. */
    void remember(LastRun theLastRun) {
        lastRun = theLastRun;
    }

    /** The partition, null if the image has none such. On the shard that will own it. */
    LeaderPartition make(PartitionRef ref, Shard shard) {
        MetadataImage now = image.get();
        TopicImage topic = now.topic(ref.topicId());
        PartitionImage partition = topic == null ? null : topic.partition(ref.partition());
        if (partition == null) {
            return null;
        }
        LogIdentity id = new LogIdentity(topic.name(), topic.id(), partition.id());
        LogConfig logConfig = logConfig(topic.name(), now);
        return new LeaderPartition(
                id,
                logConfig,
                partition.leaderEpoch(),
                new Opener(id, shard, logConfig, lastRun.loadPointOf(ref)),
                envs.get(shard.index()));
    }

    /** The topic's configuration has changed, or what it falls back to. On the partition's shard. */
    void configure(LeaderPartition partition) {
        partition.configure(logConfig(partition.id().topic(), image.get()));
    }

    /** What holds for the logs of a topic, by that image. Any thread. */
    LogConfig logConfig(String topic, MetadataImage now) {
        return TopicConfigs.effective(now.configs(ConfigResource.topic(topic)), now.layersOf(config.nodeId(), layers))
                .forLog(config.producerIdExpirationMs());
    }

    /** Finds the log of one partition in the data directory. */
    private final class Opener implements LogOpener {
        private final LogIdentity id;
        private final Shard shard;
        private final LogConfig logConfig;
        private final LoadPoint atStart;

        Opener(LogIdentity id, Shard shard, LogConfig logConfig, LoadPoint atStart) {
            this.id = id;
            this.shard = shard;
            this.logConfig = logConfig;
            this.atStart = atStart;
        }

        @Override
        public void whenFree(Runnable action) {
            deleted.whenGone(id, shard, action);
        }

        @Override
        public PartitionLog open() throws IOException {
            Path path = directory.directoryOf(id);
            deleted.makeWay(id);
            if (disk.exists(path)) {
                return PartitionLog.load(disk, path, id, logConfig, time, atStart);
            }
            if (atStart.recoveryPoint() > 0) {
                throw new DamagedLog(path, 0, atStart.recoveryPoint(), "the directory is gone");
            }
            return PartitionLog.create(disk, path, id, logConfig, time);
        }

        @Override
        public PartitionLog reopen(LoadPoint from) throws IOException {
            return PartitionLog.load(disk, directory.directoryOf(id), id, logConfig, time, from);
        }
    }
}
