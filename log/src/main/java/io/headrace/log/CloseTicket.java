package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/** Leaves the files of a log as Kafka leaves them after a clean stop. Runs on a disk thread. */
public final class CloseTicket implements DiskWork.Task<CloseTicket> {

    private final LogFiles files;
    private final SegmentFile active;
    private final IndexSave entries;
    private final StateSave state;

    /** Without entries and state the files are so already. */
    CloseTicket(LogFiles files, SegmentFile active, IndexSave entries, StateSave state) {
        this.files = files;
        this.active = active;
        this.entries = entries;
        this.state = state;
    }

    @Override
    public CloseTicket run() throws IOException {
        if (state != null) {
            Durable.sync(active.file(), active.path());
            entries.write(files.disk(), files.directory(), true);
            state.write(files);
        }
        return this;
    }
}
