package io.headrace.log;

import io.headrace.ports.DiskFile;
import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Completes the index files of the active segment, takes a snapshot of the producers, and makes the file of the next
 * segment. The batches themselves are left to the next flush. Runs on a disk thread.
 */
public final class RollTicket implements DiskWork.Task<RollTicket> {

    private final LogFiles files;
    private final IndexSave entries;
    private final long newBaseOffset;
    private final AbortedSave aborted;
    private final ByteBuffer producers;
    private SegmentFile newFile;

    /**
     * @param aborted null if the file holds them all
     * @param producers null if the snapshot has been taken already
     */
    RollTicket(LogFiles files, IndexSave entries, long newBaseOffset, AbortedSave aborted, ByteBuffer producers) {
        this.files = files;
        this.entries = entries;
        this.newBaseOffset = newBaseOffset;
        this.aborted = aborted;
        this.producers = producers;
    }

    @Override
    public RollTicket run() throws IOException {
        entries.write(files.disk(), files.directory(), true);
        if (aborted != null) {
            aborted.write(files);
        }
        if (producers != null) {
            ProducerSnapshot.write(
                    files.disk(), files.path(newBaseOffset, FileNames.PRODUCER_SNAPSHOT), producers.duplicate());
        }
        Path path = files.path(newBaseOffset, FileNames.LOG);
        DiskFile file = files.disk().create(path);
        boolean durable = false;
        try {
            Durable.syncDirectory(files.disk(), files.directory());
            durable = true;
        } finally {
            if (!durable) {
                file.close();
            }
        }
        newFile = new SegmentFile(file, path, 0, 0);
        return this;
    }

    long newBaseOffset() {
        return newBaseOffset;
    }

    SegmentFile newFile() {
        return newFile;
    }
}
