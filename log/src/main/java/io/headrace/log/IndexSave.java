package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Index entries on their way to the files of a segment, with the number of entries that stand before them.
 *
 * @param cut what else the files hold is cut off
 */
record IndexSave(
        long baseOffset,
        int offsetEntriesBefore,
        ByteBuffer offsetEntries,
        int timeEntriesBefore,
        ByteBuffer timeEntries,
        boolean cut) {

    int offsetEntriesAfter() {
        return offsetEntriesBefore + offsetEntries.limit() / IndexFile.OFFSET_ENTRY_BYTES;
    }

    int timeEntriesAfter() {
        return timeEntriesBefore + timeEntries.limit() / IndexFile.TIME_ENTRY_BYTES;
    }

    /** Runs on a disk thread. The files are made if there are none; their names are left to the caller to make durable. */
    void write(Disk disk, Path directory, boolean sync) throws IOException {
        write(disk, directory, "", sync);
    }

    /** @param mark what stands behind the names of the files */
    void write(Disk disk, Path directory, String mark, boolean sync) throws IOException {
        write(
                disk,
                FileNames.of(directory, baseOffset, FileNames.OFFSET_INDEX + mark),
                (long) offsetEntriesBefore * IndexFile.OFFSET_ENTRY_BYTES,
                offsetEntries,
                sync);
        write(
                disk,
                FileNames.of(directory, baseOffset, FileNames.TIME_INDEX + mark),
                (long) timeEntriesBefore * IndexFile.TIME_ENTRY_BYTES,
                timeEntries,
                sync);
    }

    private void write(Disk disk, Path path, long position, ByteBuffer entries, boolean sync) throws IOException {
        try (DiskFile file = Durable.openOrCreate(disk, path)) {
            if (entries.hasRemaining()) {
                file.write(entries.duplicate(), position);
            }
            if (cut) {
                file.truncate(position + entries.remaining());
            }
            if (sync) {
                Durable.sync(file, path);
            }
        }
    }
}
