package io.headrace.broker.adoption;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.group.GroupCensus;
import io.headrace.coordination.transaction.OngoingTransactions;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.log.PartitionLog;
import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.PartitionImage;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.TopicNames;
import io.headrace.metadata.adoption.AdoptedMetadata;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.metadata.config.TopicConfigs;
import io.headrace.ports.Disk;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Opens the partitions of the coordinators' topics in the new directory, as the broker would, counts the groups, and aborts
 * the transactions that nobody has decided about: the decision is written as their coordinator writes it, and the first start
 * does the rest. For one thread.
 */
final class CoordinatorTopics {

    private static final int PRODUCERS_EXPIRE_MS = 86_400_000;

    private final Disk disk;
    private final Path directory;
    private final MetadataImage image;
    private final LogOffsets offsets;
    private final Time time;
    private final GroupCensus groups = new GroupCensus();
    private final List<String> aborted = new ArrayList<>();
    private final List<String> decided = new ArrayList<>();
    private long nextProducerId;

    /** @param offsets of the logs; those that are written to get new ones */
    CoordinatorTopics(Disk disk, Path directory, AdoptedMetadata metadata, LogOffsets offsets, Time time) {
        this.disk = disk;
        this.directory = directory;
        this.image = metadata.image();
        this.nextProducerId = metadata.firstSpareProducerId();
        this.offsets = offsets;
        this.time = time;
    }

    void run() throws IOException {
        for (PartitionImage partition : partitionsOf(TopicNames.CONSUMER_OFFSETS)) {
            try (CoordinatorPartition log = open(idOf(TopicNames.CONSUMER_OFFSETS, partition), RecordCodec.GROUPS)) {
                log.replay(groups);
            }
        }
        for (PartitionImage partition : partitionsOf(TopicNames.TRANSACTION_STATE)) {
            LogIdentity id = idOf(TopicNames.TRANSACTION_STATE, partition);
            try (CoordinatorPartition log = open(id, RecordCodec.TRANSACTIONS)) {
                abortOngoing(id, partition.leaderEpoch(), log);
            }
        }
    }

    /** Those that have a directory. */
    private List<PartitionImage> partitionsOf(String topicName) throws IOException {
        TopicImage topic = image.topic(topicName);
        List<PartitionImage> partitions = new ArrayList<>();
        if (topic != null) {
            for (PartitionImage partition : topic.partitions()) {
                if (disk.exists(directory.resolve(idOf(topicName, partition).directoryName()))) {
                    partitions.add(partition);
                }
            }
        }
        return partitions;
    }

    private LogIdentity idOf(String topic, PartitionImage partition) {
        return new LogIdentity(topic, image.topic(topic).id(), partition.id());
    }

    private CoordinatorPartition open(LogIdentity id, RecordCodec codec) throws IOException {
        Path path = directory.resolve(id.directoryName());
        LogConfig config = TopicConfigs.effective(
                        image.configs(ConfigResource.topic(id.topic())),
                        ConfigLayers.NONE.withDynamic(Map.of(), image.configs(ConfigResource.allBrokers())))
                .forLog(PRODUCERS_EXPIRE_MS);
        return new CoordinatorPartition(
                PartitionLog.load(disk, path, id, config, time, offsets.loadPointOf(id.topic(), id.partition())),
                codec);
    }

    private void abortOngoing(LogIdentity id, int leaderEpoch, CoordinatorPartition log) throws IOException {
        OngoingTransactions transactions = new OngoingTransactions();
        log.replay(transactions);
        decided.addAll(transactions.decided());
        aborted.addAll(transactions.undecided());
        List<CoordinatorRecord> records = transactions.abort(time.wallMs(), takeIds(transactions.producerIdsNeeded()));
        for (CoordinatorRecord record : records) {
            log.append(record, leaderEpoch, time.wallMs());
        }
        if (!records.isEmpty()) {
            offsets.recoveryPoint(new OffsetCheckpoint.Entry(id.topic(), id.partition(), log.finish()));
        }
    }

    private List<Long> takeIds(int count) throws IOException {
        List<Long> ids = new ArrayList<>();
        while (ids.size() < count) {
            if (nextProducerId >= image.nextProducerId()) {
                throw new IOException("more ongoing transactions need a new producer id than there are ids put aside");
            }
            ids.add(nextProducerId++);
        }
        return ids;
    }

    GroupCensus groups() {
        return groups;
    }

    /** Whose transactions nobody had decided about. */
    List<String> aborted() {
        return aborted;
    }

    /** Whose transactions the first start completes. */
    List<String> decided() {
        return decided;
    }
}
