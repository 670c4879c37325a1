package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;

/**
 * Marks the files of expired segments as deleted, and deletes those that were marked long enough ago. Runs on a disk thread.
 * Slices of the segments that are still on their way have the file open, and so keep its bytes.
 */
public final class RetentionTicket implements DiskWork.Task<RetentionTicket> {

    private static final String[] BESIDE_THE_LOG = {
        FileNames.OFFSET_INDEX, FileNames.TIME_INDEX, FileNames.ABORTED_TRANSACTIONS, FileNames.PRODUCER_SNAPSHOT
    };

    private final LogFiles files;
    private final long[] expired;
    private final long[] due;

    /**
     * @param expired base offsets of the segments to mark, from the oldest on
     * @param due base offsets of those to delete
     */
    RetentionTicket(LogFiles files, long[] expired, long[] due) {
        this.files = files;
        this.expired = expired;
        this.due = due;
    }

    @Override
    public RetentionTicket run() throws IOException {
        for (long baseOffset : expired) {
            mark(baseOffset);
        }
        for (long baseOffset : due) {
            deleteSegment(files, baseOffset, FileNames.DELETED);
        }
        return this;
    }

    /** @param mark what stands behind the names of the files */
    static void deleteSegment(LogFiles files, long baseOffset, String mark) throws IOException {
        files.disk().delete(files.path(baseOffset, FileNames.LOG + mark));
        for (String suffix : BESIDE_THE_LOG) {
            files.disk().delete(files.path(baseOffset, suffix + mark));
        }
    }

    /** From the oldest on, each made durable before the next, so that a power loss never leaves a hole in the log. */
    private void mark(long baseOffset) throws IOException {
        mark(baseOffset, FileNames.LOG);
        Durable.syncDirectory(files.disk(), files.directory());
        for (String suffix : BESIDE_THE_LOG) {
            if (files.disk().exists(files.path(baseOffset, suffix))) {
                mark(baseOffset, suffix);
            }
        }
    }

    private void mark(long baseOffset, String suffix) throws IOException {
        files.disk().rename(files.path(baseOffset, suffix), files.path(baseOffset, suffix + FileNames.DELETED));
    }

    long[] expired() {
        return expired;
    }
}
