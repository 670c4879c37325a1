package io.headrace.broker.adoption;

import io.headrace.log.LoadPoint;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the checkpoints of the new directory will say of its logs. For one thread. */
final class LogOffsets {

    private final boolean clean;
    private final List<OffsetCheckpoint.Entry> recoveryPoints;
    private final List<OffsetCheckpoint.Entry> logStarts;
    private final List<OffsetCheckpoint.Entry> cleaned;

    private LogOffsets(
            boolean clean,
            List<OffsetCheckpoint.Entry> recoveryPoints,
            List<OffsetCheckpoint.Entry> logStarts,
            List<OffsetCheckpoint.Entry> cleaned) {
        this.clean = clean;
        this.recoveryPoints = recoveryPoints;
        this.logStarts = logStarts;
        this.cleaned = cleaned;
    }

    /** What Kafka's say, as far as it can be believed here. */
    static LogOffsets of(KafkaPartitions partitions, boolean clean) throws IOException {
        return new LogOffsets(
                clean,
                partitions.recoveryPoints(),
                partitions.checkpoint(OffsetCheckpoint.LOG_START_OFFSETS),
                partitions.checkpoint(OffsetCheckpoint.CLEANED));
    }

    LoadPoint loadPointOf(String topic, int partition) {
        return new LoadPoint(find(recoveryPoints, topic, partition, 0), find(logStarts, topic, partition, 0), clean)
                .cleaned(find(cleaned, topic, partition, LoadPoint.NEVER_CLEANED));
    }

    private static long find(List<OffsetCheckpoint.Entry> entries, String topic, int partition, long otherwise) {
        for (OffsetCheckpoint.Entry entry : entries) {
            if (entry.partition() == partition && entry.topic().equals(topic)) {
                return entry.offset();
            }
        }
        return otherwise;
    }

    /** A log was closed: it is durable up to there. */
    void recoveryPoint(OffsetCheckpoint.Entry entry) {
        recoveryPoints.removeIf(
                old -> old.partition() == entry.partition() && old.topic().equals(entry.topic()));
        recoveryPoints.add(entry);
    }

    /** Writes the files, durably. */
    void write(Disk disk, Path directory) throws IOException {
        OffsetCheckpoint.write(disk, directory.resolve(OffsetCheckpoint.LOG_START_OFFSETS), logStarts);
        OffsetCheckpoint.write(disk, directory.resolve(OffsetCheckpoint.RECOVERY_POINTS), recoveryPoints);
        OffsetCheckpoint.write(disk, directory.resolve(OffsetCheckpoint.CLEANED), cleaned);
        disk.delete(directory.resolve(OffsetCheckpoint.HIGH_WATERMARKS));
    }
}
