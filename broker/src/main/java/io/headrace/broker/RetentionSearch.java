package io.headrace.broker;

import io.headrace.log.LogConfig;
import io.headrace.metadata.MetadataImage;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Looks for logs that retention would shrink, by their files alone: by their size, and by the last entry of the oldest
 * segment's time index, which is its highest timestamp. So the logs that nobody uses need not all be opened to find those
 * few. Whoever does open one judges it by what is really in it. Runs on a disk thread.
 */
final class RetentionSearch implements DiskWork.Task<List<PartitionRef>> {

    private static final String LOG_SUFFIX = ".log";
    private static final String TIME_INDEX_SUFFIX = ".timeindex";

    /** A timestamp and an offset. */
    private static final int TIME_INDEX_ENTRY_BYTES = Long.BYTES + Integer.BYTES;

    private final Disk disk;
    private final Path directory;
    private final MetadataImage image;
    private final Function<String, LogConfig> configs;
    private final long nowWallMs;

    /** @param configs of topics in the image, by name */
    RetentionSearch(
            Disk disk, Path directory, MetadataImage image, Function<String, LogConfig> configs, long nowWallMs) {
        this.disk = disk;
        this.directory = directory;
        this.image = image;
        this.configs = configs;
        this.nowWallMs = nowWallMs;
    }

    @Override
    public List<PartitionRef> run() throws IOException {
        List<PartitionRef> found = new ArrayList<>();
        for (String name : disk.list(directory)) {
            PartitionRef ref = LogDirs.partitionOf(name, image);
            if (ref != null && mayHaveExpired(directory.resolve(name), ref)) {
                found.add(ref);
            }
        }
        return found;
    }

    private boolean mayHaveExpired(Path partition, PartitionRef ref) throws IOException {
        LogConfig config = configs.apply(image.topic(ref.topicId()).name());
        if (!config.deletes()) {
            return false;
        }
        try {
            List<String> logs = new ArrayList<>();
            long bytes = 0;
            for (String file : disk.list(partition)) {
                if (file.endsWith(LOG_SUFFIX)) {
                    logs.add(file);
                    bytes += disk.size(partition.resolve(file));
                }
            }
            if (bytes == 0) {
                return false;
            }
            return (config.retentionBytes() >= 0 && bytes > config.retentionBytes())
                    || (config.retentionMs() >= 0
                            && nowWallMs - highestTimestamp(partition, logs.getFirst()) > config.retentionMs());
        } catch (NoSuchFileException deletedMeanwhile) {
            return false;
        }
    }

    /** Milliseconds; long ago if the index does not say. */
    private long highestTimestamp(Path partition, String log) throws IOException {
        String index = log.substring(0, log.length() - LOG_SUFFIX.length()) + TIME_INDEX_SUFFIX;
        try (DiskFile file = disk.open(partition.resolve(index))) {
            ByteBuffer entry = ByteBuffer.allocate(TIME_INDEX_ENTRY_BYTES);
            long lastEntry = file.size() - TIME_INDEX_ENTRY_BYTES;
            return lastEntry >= 0 && file.read(entry, lastEntry) == TIME_INDEX_ENTRY_BYTES ? entry.getLong(0) : 0;
        } catch (NoSuchFileException none) {
            return 0;
        }
    }
}
