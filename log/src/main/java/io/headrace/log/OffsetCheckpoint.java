package io.headrace.log;

import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a log directory that hold one offset per partition: Kafka's {@code recovery-point-offset-checkpoint} and
 * {@code log-start-offset-checkpoint}. Read and written on disk threads.
 */
public final class OffsetCheckpoint {

    public static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";
    public static final String LOG_START_OFFSETS = "log-start-offset-checkpoint";
    public static final String HIGH_WATERMARKS = "replication-offset-checkpoint";

    private OffsetCheckpoint() {}

    /** The offset of one partition. */
    public record Entry(String topic, int partition, long offset) {}

    /** Replaces the file, durably. */
    public static void write(Disk disk, Path file, List<Entry> entries) throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    /** Nothing if there is no file. */
    public static List<Entry> read(Disk disk, Path file) throws IOException {
        throw new UnsupportedOperationException("coming");
    }
}
