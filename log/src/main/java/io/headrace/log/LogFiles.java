package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where the files of one log are, and how its batches follow on each other: what the disk threads' work on it starts from.
 *
 * @param indexIntervalBytes for an index that has to be built anew
 */
record LogFiles(Disk disk, Path directory, boolean compacts, int indexIntervalBytes) {

    Path path(long offset, String suffix) {
        return FileNames.of(directory, offset, suffix);
    }

    /** Opens the {@code .log} of a segment, also if it has meanwhile been marked for deletion; null if it is gone. */
    DiskFile openLog(long baseOffset) throws IOException {
        DiskFile file = openIfThere(path(baseOffset, FileNames.LOG));
        return file != null ? file : openIfThere(path(baseOffset, FileNames.LOG + FileNames.DELETED));
    }

    private DiskFile openIfThere(Path path) throws IOException {
        try {
            return disk.open(path);
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
