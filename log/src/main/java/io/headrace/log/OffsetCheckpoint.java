package io.headrace.log;

import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a log directory that hold one offset per partition, in Kafka's format. Read and written on disk threads.
 */
public final class OffsetCheckpoint {

    /** Below these offsets the logs are on disk and need no scan when loaded. */
    public static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";

    /** Log start offsets that lie above the base offset of the first segment. */
    public static final String LOG_START_OFFSETS = "log-start-offset-checkpoint";

    public static final String HIGH_WATERMARKS = "replication-offset-checkpoint";

    /** Up to these offsets the logs have been compacted. */
    public static final String CLEANED = "cleaner-offset-checkpoint";

    private static final int WORDS = 3;

    private OffsetCheckpoint() {}

    /** The offset of one partition. */
    public record Entry(String topic, int partition, long offset) {}

    /** Replaces the file, durably. */
    public static void write(Disk disk, Path file, List<Entry> entries) throws IOException {
        List<String> lines = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            lines.add(entry.topic() + ' ' + entry.partition() + ' ' + entry.offset());
        }
        CheckpointFile.write(disk, file, lines);
    }

    /** Nothing if there is no file; fails if its content makes no sense. */
    public static List<Entry> read(Disk disk, Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (List<String> words : CheckpointFile.read(disk, file, WORDS)) {
            int partition = CheckpointFile.parseInt(words.get(1), file);
            long offset = CheckpointFile.parseLong(words.get(2), file);
            CheckpointFile.check(partition >= 0 && offset >= 0, file, "a negative number in " + words);
            entries.add(new Entry(words.getFirst(), partition, offset));
        }
        return entries;
    }
}
