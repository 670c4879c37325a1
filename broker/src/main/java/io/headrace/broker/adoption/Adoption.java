package io.headrace.broker.adoption;

import io.headrace.broker.DataDirectory;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicNames;
import io.headrace.metadata.adoption.AdoptedMetadata;
import io.headrace.metadata.adoption.AdoptionTerms;
import io.headrace.metadata.adoption.KraftMetadata;
import io.headrace.metadata.adoption.NotAdoptable;
import io.headrace.ports.Disk;
import io.headrace.ports.Time;
import io.headrace.runtime.DirectoryLock;
import io.headrace.runtime.NioDisk;
import io.headrace.runtime.ReadOnlyDisk;
import io.headrace.runtime.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a data directory out of one that Apache Kafka left, stopped or killed. What it cannot do it refuses before it has
 * changed anything. Should it be interrupted, the target says so: a copy is to be thrown away, in place it can be run again.
 */
public final class Adoption {

    private final AdoptionOrder order;
    private final AdoptionProgress progress;
    private final Disk looking = new ReadOnlyDisk();
    private final Disk disk = new NioDisk();
    private final Time time = new SystemTime();

    private Adoption(AdoptionOrder order, AdoptionProgress progress) {
        this.order = order;
        this.progress = progress;
    }

    /** On a thread that may wait. {@link NotAdoptable} says what is in the way. */
    public static AdoptionReport run(AdoptionOrder order, AdoptionProgress progress) throws IOException {
        return new Adoption(order, progress).run();
    }

    private AdoptionReport run() throws IOException {
        KafkaDirectory kafka = KafkaDirectory.open(looking, order.kafka());
        try (DirectoryLock _ = lockKafka()) {
            KraftMetadata found = KraftLog.read(looking, kafka.metadata());
            kafka.checkQuorum(found.voters());
            AdoptedMetadata metadata = AdoptedMetadata.of(found, termsFor(kafka));
            KafkaPartitions partitions = KafkaPartitions.in(looking, kafka, metadata.image());
            List<String> leftBehind = new ArrayList<>(metadata.leftBehind());
            leftBehind.addAll(partitions.leftBehind());
            if (metadata.image().topic(TopicNames.SHARE_GROUP_STATE) != null) {
                leftBehind.add(TopicNames.SHARE_GROUP_STATE + ": it is taken along, but Headrace has no share groups");
            }
            if (order.look()) {
                return report(kafka, metadata.image(), partitions, null, leftBehind);
            }
            CoordinatorTopics coordinators;
            if (order.inPlace()) {
                coordinators = adopt(kafka, metadata, partitions);
            } else {
                checkEmpty();
                DataDirectory.make(order.target().toString());
                try (DirectoryLock _ = DirectoryLock.acquire(order.target())) {
                    coordinators = adopt(kafka, metadata, partitions);
                }
            }
            return report(kafka, metadata.image(), partitions, coordinators, leftBehind);
        }
    }

    private AdoptionTerms termsFor(KafkaDirectory kafka) {
        return new AdoptionTerms(
                kafka.meta().clusterId(), kafka.meta().nodeId(), kafka.meta().directoryId(), order.dropSecurity());
    }

    private DirectoryLock lockKafka() throws NotAdoptable {
        try {
            return order.inPlace() && !order.look()
                    ? DirectoryLock.acquire(order.kafka())
                    : DirectoryLock.share(order.kafka());
        } catch (IOException inUse) {
            throw new NotAdoptable(
                    order.kafka() + " is in use, or cannot be locked: stop the Kafka that runs on it first ("
                            + inUse.getMessage() + ")",
                    inUse);
        }
    }

    private void checkEmpty() throws IOException {
        Path target = order.target();
        if (!disk.exists(target)) {
            return;
        }
        if (disk.exists(target.resolve(DataDirectory.ADOPTING))) {
            throw new NotAdoptable(target + " is what an interrupted adoption left: delete it, and run this again");
        }
        if (!Files.isDirectory(target) || !disk.list(target).isEmpty()) {
            throw new NotAdoptable(
                    target + " is not empty; --data names a directory that is, or that does not exist yet");
        }
    }

    /** The order is such that an interruption leaves either the mark that says so, or nothing to be done. */
    private CoordinatorTopics adopt(KafkaDirectory kafka, AdoptedMetadata metadata, KafkaPartitions partitions)
            throws IOException {
        Path target = order.target();
        Path mark = target.resolve(DataDirectory.ADOPTING);
        Move move = new Move(disk, order, partitions, progress);
        move.checkSpace();
        disk.createDirectories(mark);
        disk.syncDirectory(target);
        deleteContent(mark);
        LogOffsets offsets = LogOffsets.of(partitions, kafka.cleanlyStopped());
        move.run();
        CoordinatorTopics coordinators = new CoordinatorTopics(disk, target, metadata, offsets, time);
        coordinators.run();
        MetadataLogOfImage.write(disk, mark, metadata.image(), time);
        offsets.write(disk, target);
        DataDirectory.claim(disk, target, kafka.meta());
        putMetadataInPlace(kafka, mark);
        if (kafka.cleanlyStopped()) {
            DataDirectory.markCleanStop(disk, target);
        }
        disk.delete(mark);
        disk.syncDirectory(target);
        return coordinators;
    }

    private void putMetadataInPlace(KafkaDirectory kafka, Path mark) throws IOException {
        Path kept = order.target().resolve(KafkaDirectory.METADATA_KEPT);
        Path metadata = order.target().resolve(KafkaDirectory.METADATA);
        if (order.inPlace() && !kafka.metadata().equals(kept)) {
            disk.rename(metadata, kept);
        }
        deleteTree(metadata);
        disk.rename(mark.resolve(KafkaDirectory.METADATA), metadata);
        disk.syncDirectory(order.target());
    }

    /** What an interrupted adoption in place had written. */
    private void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            deleteContent(path);
        }
        disk.delete(path);
    }

    private void deleteContent(Path directory) throws IOException {
        for (String name : disk.list(directory)) {
            deleteTree(directory.resolve(name));
        }
    }

    private AdoptionReport report(
            KafkaDirectory kafka,
            MetadataImage image,
            KafkaPartitions partitions,
            CoordinatorTopics coordinators,
            List<String> leftBehind) {
        return new AdoptionReport(
                kafka.meta().nodeId(),
                kafka.meta().clusterId(),
                kafka.cleanlyStopped(),
                image.topicCount(),
                image.partitionCount(),
                partitions.bytes(),
                coordinators == null ? Map.of() : coordinators.groups().counts(),
                coordinators == null ? List.of() : coordinators.aborted(),
                coordinators == null ? List.of() : coordinators.decided(),
                leftBehind);
    }
}
