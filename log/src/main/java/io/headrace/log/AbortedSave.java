package io.headrace.log;

import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Aborted transactions on their way to a {@code .txnindex}.
 *
 * @param from whose they are; for its owner only
 * @param entriesBefore how many the file holds before them
 */
record AbortedSave(AbortedIndex from, long baseOffset, int entriesBefore, ByteBuffer entries) {

    /**
     * Durable on return, with the name of the file. Runs on a disk thread, before a snapshot of the producers is written: a
     * snapshot promises that the markers before it need not be looked at.
     */
    void write(LogFiles files) throws IOException {
        Path path = files.path(baseOffset, FileNames.ABORTED_TRANSACTIONS);
        try (DiskFile file = Durable.openOrCreate(files.disk(), path)) {
            file.write(entries.duplicate(), (long) entriesBefore * AbortedTransaction.BYTES);
            Durable.sync(file, path);
        }
        if (entriesBefore == 0) {
            Durable.syncDirectory(files.disk(), files.directory());
        }
    }

    /** To be called by the owner when the entries are in the file. */
    void done() {
        from.saved(entriesBefore + entries.limit() / AbortedTransaction.BYTES);
    }
}
