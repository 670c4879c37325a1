package io.headrace.broker;

import io.headrace.log.LogConfig;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.metadata.MetadataImage;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import io.headrace.ports.DiskWork;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for logs that are due to be compacted, by their files alone: by where segments begin, by their sizes, by how far the
 * checkpoint says that each has been compacted and, where {@code max.compaction.lag.ms} is set, by the first timestamp of a
 * segment. So the logs that nobody uses need not all be opened to find those few. Whoever does open one judges it by what is
 * really in it. Runs on a disk thread.
 */
final class CompactionSearch implements DiskWork.Task<List<PartitionRef>> {

    private static final Pattern SEGMENT = Pattern.compile("(0\\d{19})\\.log");
    private static final long NO_LAG_LIMIT = Long.MAX_VALUE;

    private final Disk disk;
    private final Path directory;
    private final MetadataImage image;
    private final Function<String, LogConfig> configs;
    private final long nowWallMs;

    private record Segment(Path file, long baseOffset, long bytes) {}

    /** @param configs of topics in the image, by name */
    CompactionSearch(
            Disk disk, Path directory, MetadataImage image, Function<String, LogConfig> configs, long nowWallMs) {
        this.disk = disk;
        this.directory = directory;
        this.image = image;
        this.configs = configs;
        this.nowWallMs = nowWallMs;
    }

    @Override
    public List<PartitionRef> run() throws IOException {
        Map<String, Long> cleanedUpTo = new HashMap<>();
        for (OffsetCheckpoint.Entry entry : OffsetCheckpoint.read(disk, directory.resolve(OffsetCheckpoint.CLEANED))) {
            cleanedUpTo.put(entry.topic() + "-" + entry.partition(), entry.offset());
        }
        Map<String, LogConfig> known = new HashMap<>();
        List<PartitionRef> due = new ArrayList<>();
        for (String name : disk.list(directory)) {
            PartitionRef ref = LogDirs.partitionOf(name, image);
            if (ref != null) {
                LogConfig config =
                        known.computeIfAbsent(image.topic(ref.topicId()).name(), configs);
                if (config.compacts() && isDue(directory.resolve(name), config, cleanedUpTo.getOrDefault(name, 0L))) {
                    due.add(ref);
                }
            }
        }
        return due;
    }

    private boolean isDue(Path partition, LogConfig config, long cleanedUpTo) throws IOException {
        try {
            List<Segment> segments = segments(partition);
            return dirtyRatio(segments, cleanedUpTo) > config.minDirtyRatio()
                    || (config.maxCompactionLagMs() != NO_LAG_LIMIT
                            && isOverdue(segments, cleanedUpTo, config.maxCompactionLagMs()));
        } catch (NoSuchFileException deletedMeanwhile) {
            return false;
        }
    }

    private List<Segment> segments(Path partition) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (String name : disk.list(partition)) {
            Matcher segment = SEGMENT.matcher(name);
            if (segment.matches()) {
                Path file = partition.resolve(name);
                segments.add(new Segment(file, Long.parseLong(segment.group(1)), disk.size(file)));
            }
        }
        return segments;
    }

    /** Of the sealed segments; 0 if there are none. */
    private static double dirtyRatio(List<Segment> segments, long cleanedUpTo) {
        long dirtyBytes = 0;
        long cleanBytes = 0;
        for (int i = 0; i < segments.size() - 1; i++) {
            Segment segment = segments.get(i);
            dirtyBytes += endsAbove(segments, i, cleanedUpTo) ? segment.bytes() : 0;
            cleanBytes += segment.baseOffset() < cleanedUpTo ? segment.bytes() : 0;
        }
        return dirtyBytes == 0 ? 0 : (double) dirtyBytes / (cleanBytes + dirtyBytes);
    }

    private static boolean endsAbove(List<Segment> segments, int index, long offset) {
        return index == segments.size() - 1 || segments.get(index + 1).baseOffset() > offset;
    }

    /** The active segment counts as well: once the log is open it is rolled. */
    private boolean isOverdue(List<Segment> segments, long cleanedUpTo, long lagMs) throws IOException {
        for (int i = 0; i < segments.size(); i++) {
            if (endsAbove(segments, i, cleanedUpTo)) {
                long firstTimestamp = firstTimestamp(segments.get(i).file());
                if (firstTimestamp > 0 && nowWallMs - firstTimestamp > lagMs) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Of the first batch; -1 if there is none. */
    private long firstTimestamp(Path file) throws IOException {
        try (DiskFile log = disk.open(file)) {
            ByteBuffer header = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
            RecordBatch batch = new RecordBatch();
            return log.read(header, 0) == RecordBatch.HEADER_BYTES
                            && batch.wrapHeader(header.flip(), 0) == BatchStatus.WHOLE
                    ? batch.maxTimestamp()
                    : RecordBatch.NO_TIMESTAMP;
        }
    }
}
