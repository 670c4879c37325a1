package io.headrace.log;

/**
 * How far a log is durable, and the tickets that make more of it so. Belongs to the owner of the log.
 *
 * <p>Invariant: neither offset goes back, and both are at or below the log end.
 */
final class LogDurability {

    private final SegmentList segments;
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private final SavedState saved;
    private long flushedOffset;
    private long recoveryPoint;

    LogDurability(PartitionLog.Loaded loaded) {
        this.segments = loaded.segments();
        this.epochs = loaded.epochs();
        this.producers = loaded.producers();
        this.saved = loaded.saved();
        this.flushedOffset = loaded.flushedOffset();
        this.recoveryPoint = loaded.recoveryPoint();
    }

    /** Records below it are durable. */
    long flushedOffset() {
        return flushedOffset;
    }

    /** Records below it are durable and what a restart needs to know of them is as well. */
    long recoveryPoint() {
        return recoveryPoint;
    }

    /** Null if nothing is dirty. */
    FlushTicket beginFlush(LogFiles files) {
        if (segments.unflushedBytes() == 0) {
            return null;
        }
        SegmentIndex index = segments.active().index();
        IndexSave entries = index.unsavedEntries() > Limits.INDEX_ENTRIES_UNSAVED ? index.unsaved() : null;
        return new FlushTicket(files, segments.unflushed(), logEndOffset(), index, entries, null);
    }

    /** Null if the recovery point is at the log end already. */
    FlushTicket beginCheckpoint(LogFiles files) {
        if (recoveryPoint == logEndOffset()) {
            return null;
        }
        SegmentIndex index = segments.active().index();
        return new FlushTicket(files, segments.unflushed(), logEndOffset(), index, index.unsaved(), beginSave());
    }

    /** Completes either. */
    void flushed(FlushTicket ticket) {
        segments.flushed(ticket);
        ticket.noteSaved();
        flushedOffset = Math.max(flushedOffset, ticket.upToOffset());
        if (ticket.movesRecoveryPoint()) {
            recoveryPoint = ticket.upToOffset();
        }
    }

    CloseTicket beginClose(LogFiles files) {
        ActiveSegment active = segments.active();
        return saved.isBehind()
                ? new CloseTicket(files, active.file(), active.index().rest(), beginSave())
                : new CloseTicket(files, active.file(), null, null);
    }

    void closed() {
        flushedOffset = logEndOffset();
        recoveryPoint = logEndOffset();
    }

    private StateSave beginSave() {
        return saved.begin(logEndOffset(), segments.first(), segments.active(), producers, epochs);
    }

    private long logEndOffset() {
        return segments.active().nextOffset();
    }
}
