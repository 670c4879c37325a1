package io.headrace.broker.adoption;

import io.headrace.broker.DataDirectory;
import io.headrace.broker.MetaProperties;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.log.PartitionMetadata;
import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.adoption.NotAdoptable;
import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;

/** The partitions of the image that have a directory, what of it is taken along, and the directories that are nobody's. */
final class KafkaPartitions {

    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String BROKER_CLEANUP_POLICY = "log.cleanup.policy";
    private static final String COMPACT = "compact";
    private static final Pattern PARTITION = Pattern.compile("0|[1-9]\\d{0,8}");
    private static final Set<String> OTHER_FILES = Set.of(
            MetaProperties.FILE,
            DataDirectory.CLEAN_STOP,
            DataDirectory.ADOPTING,
            KafkaDirectory.METADATA,
            KafkaDirectory.METADATA_KEPT,
            OffsetCheckpoint.RECOVERY_POINTS,
            OffsetCheckpoint.LOG_START_OFFSETS,
            OffsetCheckpoint.HIGH_WATERMARKS,
            OffsetCheckpoint.CLEANED,
            "bootstrap.checkpoint",
            ".lock",
            "lost+found");

    /** A directory that is taken along. */
    record Found(String name, String topic, int partition, PartitionFiles files, long bytes) {}

    private final Disk disk;
    private final KafkaDirectory kafka;
    private final MetadataImage image;
    private final Map<String, Long> recoveryPoints;
    private final Map<String, Long> cleaned;
    private final Map<String, Found> found = new TreeMap<>();
    private final List<String> leftBehind = new ArrayList<>();
    private int deleted;

    private KafkaPartitions(Disk disk, KafkaDirectory kafka, MetadataImage image) throws IOException {
        this.disk = disk;
        this.kafka = kafka;
        this.image = image;
        this.recoveryPoints = byName(OffsetCheckpoint.RECOVERY_POINTS);
        this.cleaned = byName(OffsetCheckpoint.CLEANED);
    }

    private Map<String, Long> byName(String checkpoint) throws IOException {
        Map<String, Long> offsets = new TreeMap<>();
        for (OffsetCheckpoint.Entry entry : kafka.checkpoint(disk, checkpoint)) {
            offsets.put(entry.topic() + "-" + entry.partition(), entry.offset());
        }
        return offsets;
    }

    static KafkaPartitions in(Disk disk, KafkaDirectory kafka, MetadataImage image) throws IOException {
        KafkaPartitions partitions = new KafkaPartitions(disk, kafka, image);
        for (String name : disk.list(kafka.path())) {
            partitions.sort(name);
        }
        partitions.checkComplete();
        if (partitions.deleted > 0) {
            partitions.leftBehind.add("directories of deleted partitions: " + partitions.deleted);
        }
        return partitions;
    }

    private void sort(String name) throws IOException {
        Path path = kafka.path().resolve(name);
        if (OTHER_FILES.contains(name)) {
            return;
        }
        int dash = name.lastIndexOf('-');
        TopicImage topic = dash <= 0 ? null : image.topic(name.substring(0, dash));
        if (!Files.isDirectory(path)) {
            leftBehind.add(name + ": a file that is not Kafka's");
        } else if (name.endsWith("-delete")) {
            deleted++;
        } else if (name.endsWith("-future")) {
            leftBehind.add(name + ": a copy that Kafka had not finished; the partition itself is there");
        } else if (topic == null || partitionOf(topic, name.substring(dash + 1)) < 0) {
            leftBehind.add(name + ": no topic has such a partition");
        } else {
            take(name, topic, partitionOf(topic, name.substring(dash + 1)));
        }
    }

    /** -1 if there is none. */
    private static int partitionOf(TopicImage topic, String digits) {
        if (!PARTITION.matcher(digits).matches()) {
            return -1;
        }
        int id = Integer.parseInt(digits);
        return topic.partition(id) == null ? -1 : id;
    }

    private void take(String name, TopicImage topic, int partition) throws IOException {
        Path path = kafka.path().resolve(name);
        Optional<Uuid> owner = PartitionMetadata.ownerOf(disk, path);
        if (owner.isPresent() && !owner.get().equals(topic.id())) {
            leftBehind.add(name + ": it is of an earlier topic of that name");
            return;
        }
        PartitionFiles files = PartitionFiles.of(
                disk.list(path),
                new PartitionFiles.Durability(
                        kafka.cleanlyStopped(), recoveryPoints.getOrDefault(name, 0L), hasGaps(topic.name(), name)));
        for (String unknown : files.unknown()) {
            leftBehind.add(name + "/" + unknown + ": a file that is not Kafka's");
        }
        long bytes = 0;
        for (String file : files.taken()) {
            bytes += disk.size(path.resolve(file));
        }
        found.put(name, new Found(name, topic.name(), partition, files, bytes));
    }

    /** The log is compacted, or was. */
    private boolean hasGaps(String topic, String name) {
        String policy = image.configs(ConfigResource.topic(topic)).get(CLEANUP_POLICY);
        if (policy == null) {
            policy = image.configs(ConfigResource.allBrokers()).getOrDefault(BROKER_CLEANUP_POLICY, "");
        }
        return policy.contains(COMPACT) || cleaned.containsKey(name);
    }

    /** A partition that Kafka has not got round to making has nothing on record. */
    private void checkComplete() throws NotAdoptable {
        for (TopicImage topic : image.topics()) {
            for (int i = 0; i < topic.partitionCount(); i++) {
                String name = topic.name() + "-" + i;
                if (!found.containsKey(name) && recoveryPoints.getOrDefault(name, 0L) > 0) {
                    throw new NotAdoptable(
                            "the directory of partition " + name + " is missing in " + kafka.path()
                                    + ", although it had records; if log.dirs names several directories, this node cannot be adopted");
                }
            }
        }
    }

    /** By the name of the directory. */
    Map<String, Found> found() {
        return found;
    }

    long bytes() {
        return found.values().stream().mapToLong(Found::bytes).sum();
    }

    /** One line each. */
    List<String> leftBehind() {
        return leftBehind;
    }

    /** Entries of a checkpoint for partitions that are taken along. */
    List<OffsetCheckpoint.Entry> checkpoint(String file) throws IOException {
        List<OffsetCheckpoint.Entry> entries = new ArrayList<>();
        for (OffsetCheckpoint.Entry entry : kafka.checkpoint(disk, file)) {
            if (found.containsKey(entry.topic() + "-" + entry.partition())) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Kafka compacts above its recovery points, so that those of compacted logs say nothing of gaps. */
    List<OffsetCheckpoint.Entry> recoveryPoints() throws IOException {
        List<OffsetCheckpoint.Entry> entries = checkpoint(OffsetCheckpoint.RECOVERY_POINTS);
        entries.removeIf(entry -> hasGaps(entry.topic(), entry.topic() + "-" + entry.partition()));
        return entries;
    }
}
