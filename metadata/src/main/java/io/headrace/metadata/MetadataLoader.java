package io.headrace.metadata;

import io.headrace.log.DamagedLog;
import io.headrace.log.FlushTicket;
import io.headrace.log.LoadPoint;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.log.PartitionLog;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Reads the metadata of a log directory: the newest snapshot that is whole, and the log after it; or makes an empty log.
 * Runs on a disk thread.
 */
final class MetadataLoader implements DiskWork.Task<MetadataLoad> {

    static final LogIdentity IDENTITY = new LogIdentity(TopicNames.CLUSTER_METADATA, Uuid.METADATA_TOPIC_ID, 0);

    private static final int SEGMENT_BYTES = 1 << 30;
    private static final int INDEX_BYTES = 10 << 20;
    private static final int INDEX_INTERVAL_BYTES = 64 << 10;
    private static final int PRODUCERS_EXPIRE_MS = 86_400_000;

    /** Segments end when a snapshot is taken, and go when a snapshot makes them useless, never for their age or size. */
    private static final LogConfig CONFIG = new LogConfig(
            SEGMENT_BYTES,
            Long.MAX_VALUE,
            0,
            INDEX_BYTES,
            INDEX_INTERVAL_BYTES,
            -1,
            -1,
            0,
            false,
            false,
            Limits.BATCH_BYTES,
            Limits.BATCH_BYTES,
            null,
            0,
            false,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            PRODUCERS_EXPIRE_MS,
            0,
            Long.MAX_VALUE,
            0,
            0);

    private final Disk disk;
    private final Path directory;
    private final String clusterId;
    private final Time time;
    private final long committedBefore;
    private final long keepFrom;
    private final List<String> remarks = new ArrayList<>();
    private final List<SnapshotName> snapshots = new ArrayList<>();

    private MetadataLoader(
            Disk disk, Path logDirectory, String clusterId, Time time, long committedBefore, long keepFrom) {
        this.disk = disk;
        this.directory = directoryIn(logDirectory);
        this.clusterId = clusterId;
        this.time = time;
        this.committedBefore = committedBefore;
        this.keepFrom = keepFrom;
    }

    static MetadataLoader atStart(Disk disk, Path logDirectory, String clusterId, Time time) {
        return new MetadataLoader(disk, logDirectory, clusterId, time, 0, Long.MAX_VALUE);
    }

    /** Again, after a failure; what lies below the offset had been committed, what lies above is wanted record by record. */
    static MetadataLoader again(Disk disk, Path logDirectory, String clusterId, Time time, long committedBefore) {
        return new MetadataLoader(disk, logDirectory, clusterId, time, committedBefore, committedBefore);
    }

    static Path directoryIn(Path logDirectory) {
        return logDirectory.resolve(IDENTITY.directoryName());
    }

    /** Below this offset the log had been made durable. Kept beside the log, since nobody else knows of it so early. */
    static Path recoveryPointFile(Path directory) {
        return directory.resolve(OffsetCheckpoint.RECOVERY_POINTS);
    }

    @Override
    public MetadataLoad run() throws IOException {
        if (!disk.exists(directory)) {
            PartitionLog log = PartitionLog.create(disk, directory, IDENTITY, CONFIG, time);
            return new MetadataLoad(
                    log, MetadataImage.empty(clusterId), List.of(), snapshots, 0, 0, 0, Collections.emptyList());
        }
        findSnapshots();
        PartitionLog log = PartitionLog.load(disk, directory, IDENTITY, CONFIG, time, loadPoint());
        boolean loaded = false;
        try {
            if (!log.loadReport().isEmpty() && log.loadReport().bytesTruncated() > 0) {
                remarks.add(IDENTITY + ": " + log.loadReport().describe());
            }
            MetadataLoad load = replay(log);
            makeDurable(log);
            loaded = true;
            return load;
        } finally {
            if (!loaded) {
                log.abandon();
            }
        }
    }

    private void findSnapshots() throws IOException {
        for (String name : disk.list(directory)) {
            if (name.endsWith(SnapshotName.SUFFIX + SnapshotName.PART)) {
                disk.delete(directory.resolve(name));
            }
            SnapshotName snapshot = SnapshotName.parse(name);
            if (snapshot != null) {
                snapshots.add(snapshot);
            }
        }
        Collections.sort(snapshots);
    }

    private LoadPoint loadPoint() throws IOException {
        long recoveryPoint = committedBefore;
        for (OffsetCheckpoint.Entry entry : OffsetCheckpoint.read(disk, recoveryPointFile(directory))) {
            if (entry.topic().equals(IDENTITY.topic()) && entry.partition() == IDENTITY.partition()) {
                recoveryPoint = Math.max(recoveryPoint, entry.offset());
            }
        }
        return new LoadPoint(recoveryPoint, 0, false);
    }

    private MetadataLoad replay(PartitionLog log) throws IOException {
        MetadataDelta delta = new MetadataDelta(MetadataImage.empty(clusterId));
        long offset = 0;
        SnapshotReader.Content snapshot = new SnapshotReader.Content(0, 0);
        while (!snapshots.isEmpty()) {
            SnapshotName newest = snapshots.getLast();
            try {
                snapshot = SnapshotReader.read(disk, newest.in(directory), delta);
                offset = newest.endOffset();
                break;
            } catch (IOException damage) {
                remarks.add(damage.getMessage() + "; the snapshot before it is taken instead");
                snapshots.removeLast();
                delta = new MetadataDelta(MetadataImage.empty(clusterId));
            }
        }
        checkReach(log, offset);
        Replaying records = new Replaying(delta, keepFrom);
        RecordReplay replay = new RecordReplay(records);
        long bytes = replay(log, offset, replay);
        return new MetadataLoad(
                log,
                delta.image(log.logEndOffset() - 1),
                records.kept(),
                snapshots,
                snapshot.bytes(),
                bytes,
                bytes == 0 ? snapshot.lastTimestampMs() : replay.lastTimestampMs(),
                remarks);
    }

    /** The log must go on where the snapshot ends. */
    private void checkReach(PartitionLog log, long offset) throws DamagedLog {
        if (log.logStartOffset() > offset || log.logEndOffset() < offset) {
            throw new DamagedLog(
                    directory,
                    0,
                    offset,
                    "the newest snapshot that is whole ends there, and the log reaches from " + log.logStartOffset()
                            + " to " + log.logEndOffset());
        }
    }

    private long replay(PartitionLog log, long from, RecordReplay replay) throws IOException {
        long bytes = 0;
        long offset = from;
        while (offset < log.logEndOffset()) {
            LogRead read = log.read(offset, Limits.REPLAY_READ_BYTES, true, log.logEndOffset());
            LogSlice slice = read instanceof LogRead.Cold cold ? cold.task().run() : hot(read, offset);
            try {
                bytes += slice.sizeInBytes();
                offset = replay.apply(slice.read(), directory, offset);
            } finally {
                slice.close();
            }
        }
        return bytes;
    }

    private LogSlice hot(LogRead read, long offset) throws DamagedLog {
        if (read instanceof LogRead.Hot hot) {
            return hot.slice();
        }
        throw new DamagedLog(directory, 0, offset, "the log has no such offset");
    }

    /** What a crash left in the page cache is not durable yet, and must be before anybody is told of it. */
    private static void makeDurable(PartitionLog log) throws IOException {
        FlushTicket flush = log.beginFlush();
        if (flush != null) {
            flush.run();
            log.flushed(flush);
        }
    }
}
