package io.headrace.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a log knows beside its batches, on its way to the disk, so that loading need not read the batches again.
 *
 * @param aborted null if the files hold all aborted transactions already
 * @param producers null if the snapshot of the offset has been written before
 * @param obsoleteSnapshot offset of an earlier snapshot that this one replaces, -1 if there is none
 * @param epochs null if the file holds them already
 */
record StateSave(
        long offset,
        AbortedSave aborted,
        ByteBuffer producers,
        long obsoleteSnapshot,
        List<LeaderEpochs.Entry> epochs) {

    static final long NO_SNAPSHOT = -1;

    /** Durable on return, the names included. Runs on a disk thread. */
    void write(LogFiles files) throws IOException {
        if (aborted != null) {
            aborted.write(files);
        }
        if (producers != null) {
            ProducerSnapshot.write(
                    files.disk(), files.path(offset, FileNames.PRODUCER_SNAPSHOT), producers.duplicate());
        }
        if (epochs != null) {
            LeaderEpochs.write(files.disk(), files.directory().resolve(LeaderEpochs.FILE_NAME), epochs);
        }
        Durable.syncDirectory(files.disk(), files.directory());
        if (obsoleteSnapshot != NO_SNAPSHOT) {
            files.disk().delete(files.path(obsoleteSnapshot, FileNames.PRODUCER_SNAPSHOT));
        }
    }

    /** To be called by the owner when all has been written. */
    void done() {
        if (aborted != null) {
            aborted.done();
        }
    }
}
