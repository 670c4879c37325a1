package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where the files of one log are, and how its batches follow on each other: what the disk threads' work on it starts from.
 *
 * @param gaps offsets may be missing, since the log is compacted or once was
 * @param indexIntervalBytes for an index that has to be built anew
 */
record LogFiles(Disk disk, Path directory, boolean gaps, int indexIntervalBytes) {

    private static final String[] MARKS_IN_PLACE = {"", FileNames.DELETED};

    /** In the order in which the files go through them. */
    private static final String[] MARKS_WHILE_MOVING = {FileNames.CLEANED, FileNames.SWAP, ""};

    Path path(long offset, String suffix) {
        return FileNames.of(directory, offset, suffix);
    }

    /**
     * Opens a file of a segment, also if it has meanwhile been marked for deletion, or is still on its way to its place; null
     * if there is none, or none any more.
     */
    DiskFile open(SegmentView segment, String suffix) throws IOException {
        for (String mark : segment.inPlace() ? MARKS_IN_PLACE : MARKS_WHILE_MOVING) {
            DiskFile file = openIfThere(path(segment.baseOffset(), suffix + mark));
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    private DiskFile openIfThere(Path path) throws IOException {
        try {
            return disk.open(path);
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
