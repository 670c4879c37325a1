package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/**
 * Deletes what a compaction has written that was given up. To be done before the next one puts anything in place: a crash must
 * not find both. Runs on a disk thread.
 */
public final class CompactionLeftovers implements DiskWork.Task<CompactionLeftovers> {

    private final LogFiles files;

    CompactionLeftovers(LogFiles files) {
        this.files = files;
    }

    @Override
    public CompactionLeftovers run() throws IOException {
        for (String name : files.disk().list(files.directory())) {
            if (name.endsWith(FileNames.CLEANED)) {
                files.disk().delete(files.directory().resolve(name));
            }
        }
        return this;
    }
}
