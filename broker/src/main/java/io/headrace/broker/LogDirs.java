package io.headrace.broker;

import io.headrace.log.LogConfig;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.runtime.DiskThreads;
import io.headrace.runtime.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What lies in the log directory, found by looking: sizes are those of the {@code .log} files, as Kafka counts them. */
public final class LogDirs {

    private static final String LOG_SUFFIX = ".log";

    private final Disk disk;
    private final Path directory;
    private final DiskThreads threads;

    LogDirs(Disk disk, Path directory, DiskThreads threads) {
        this.disk = disk;
        this.directory = directory;
        this.threads = threads;
    }

    /** Bytes of each partition that has a directory, and of the file system that they are on. */
    public record Usage(Map<PartitionRef, Long> partitionBytes, long totalBytes, long usableBytes) {}

    public Path directory() {
        return directory;
    }

    /** Looks on a disk thread; either is called on the shard that asks. */
    public void usage(Shard home, MetadataImage image, Consumer<Usage> found, Consumer<Exception> failed) {
        threads.workFor(home).run(() -> look(image), outcome(found, failed));
    }

    /** Looks for logs that may have expired, as of the wall time; the configurations are those of topics in the image. */
    void expired(
            Shard home,
            MetadataImage image,
            Function<String, LogConfig> configs,
            long nowWallMs,
            Consumer<List<PartitionRef>> found,
            Consumer<Exception> failed) {
        RetentionSearch search = new RetentionSearch(disk, directory, image, configs, nowWallMs);
        threads.workFor(home).run(search, outcome(found, failed));
    }

    /** Looks for logs that may be due to be compacted, as of the wall time; the configurations are those of topics in the image. */
    void dueForCompaction(
            Shard home,
            MetadataImage image,
            Function<String, LogConfig> configs,
            long nowWallMs,
            Consumer<List<PartitionRef>> found,
            Consumer<Exception> failed) {
        CompactionSearch search = new CompactionSearch(disk, directory, image, configs, nowWallMs);
        threads.workFor(home).run(search, outcome(found, failed));
    }

    private static <T> DiskWork.Outcome<T> outcome(Consumer<T> done, Consumer<Exception> failed) {
        return new DiskWork.Outcome<>() {
            @Override
            public void done(T result) {
                done.accept(result);
            }

            @Override
            public void failed(Exception cause) {
                failed.accept(cause);
            }
        };
    }

    /** The partitions of a topic that have a directory; either is called on the shard that asks. */
    public void partitionsOf(
            Shard home,
            String topic,
            MetadataImage image,
            Consumer<List<PartitionRef>> found,
            Consumer<Exception> failed) {
        threads.workFor(home).run(() -> partitionsOf(topic, image), new DiskWork.Outcome<>() {
            @Override
            public void done(List<PartitionRef> refs) {
                found.accept(refs);
            }

            @Override
            public void failed(Exception cause) {
                failed.accept(cause);
            }
        });
    }

    private List<PartitionRef> partitionsOf(String topic, MetadataImage image) throws IOException {
        List<PartitionRef> refs = new ArrayList<>();
        for (String name : disk.list(directory)) {
            PartitionRef ref = name.startsWith(topic + "-") ? partitionOf(name, image) : null;
            if (ref != null && ref.topicId().equals(image.topic(topic).id())) {
                refs.add(ref);
            }
        }
        return refs;
    }

    private Usage look(MetadataImage image) throws IOException {
        Map<PartitionRef, Long> bytes = new LinkedHashMap<>();
        for (String name : disk.list(directory)) {
            PartitionRef ref = partitionOf(name, image);
            if (ref != null) {
                bytes.put(ref, logBytes(directory.resolve(name)));
            }
        }
        var store = Files.getFileStore(directory);
        return new Usage(bytes, store.getTotalSpace(), store.getUsableSpace());
    }

    /** The partition that a directory is named after, null if there is none such. */
    static PartitionRef partitionOf(String directoryName, MetadataImage image) {
        int dash = directoryName.lastIndexOf('-');
        TopicImage topic = dash <= 0 ? null : image.topic(directoryName.substring(0, dash));
        if (topic == null) {
            return null;
        }
        try {
            int partition = Integer.parseInt(directoryName.substring(dash + 1));
            return topic.partition(partition) != null ? new PartitionRef(topic.id(), partition) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private long logBytes(Path partition) throws IOException {
        long bytes = 0;
        try {
            for (String file : disk.list(partition)) {
                if (file.endsWith(LOG_SUFFIX)) {
                    bytes += disk.size(partition.resolve(file));
                }
            }
        } catch (NoSuchFileException deletedMeanwhile) {
            // The others are still to be counted.
        }
        return bytes;
    }
}
