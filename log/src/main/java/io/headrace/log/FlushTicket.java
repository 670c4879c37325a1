package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.List;

/** Makes durable what a log held when the ticket was made. Runs on a disk thread. */
public final class FlushTicket implements DiskWork.Task<FlushTicket> {

    /** A file, and how many of its bytes are durable once it has been synced. */
    record Part(SegmentFile file, int bytes) {}

    private final LogFiles files;
    private final List<Part> parts;
    private final long upToOffset;
    private final SegmentIndex index;
    private final IndexSave entries;
    private final StateSave state;
    private boolean entriesSaved;

    /**
     * @param index where the entries come from
     * @param entries null if they may wait
     * @param state null unless the recovery point is to follow
     */
    FlushTicket(
            LogFiles files, List<Part> parts, long upToOffset, SegmentIndex index, IndexSave entries, StateSave state) {
        this.files = files;
        this.parts = parts;
        this.upToOffset = upToOffset;
        this.index = index;
        this.entries = entries;
        this.state = state;
    }

    @Override
    public FlushTicket run() throws IOException {
        for (Part part : parts) {
            Durable.sync(part.file().file(), part.file().path());
        }
        entriesSaved = entries != null && saveEntries();
        if (state != null) {
            state.write(files);
        }
        return this;
    }

    /** Batches are durable without them, so that a full disk is no reason to fail; they stay in memory. */
    private boolean saveEntries() throws IOException {
        try {
            entries.write(files.disk(), files.directory(), state != null);
            return true;
        } catch (IOException failure) {
            if (state != null || failure instanceof SyncFailed) {
                throw failure;
            }
            return false;
        }
    }

    /** Records below it are durable once the ticket has run. */
    public long upToOffset() {
        return upToOffset;
    }

    List<Part> parts() {
        return parts;
    }

    boolean movesRecoveryPoint() {
        return state != null;
    }

    /** To be called by the owner when the ticket has run. */
    void noteSaved() {
        if (entriesSaved) {
            index.saved(entries);
        }
        if (state != null) {
            state.done();
        }
    }
}
