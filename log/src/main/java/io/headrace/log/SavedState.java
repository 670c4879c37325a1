package io.headrace.log;

import java.nio.ByteBuffer;

/**
 * What is on the disk of the things that a log knows beside its batches, and whether its files are as after a clean stop.
 * Belongs to the owner of the log; counts as saved what has been given to a ticket, since a log whose ticket fails is
 * thrown away.
 */
final class SavedState {

    /** Offset of the newest snapshot of the producers. */
    private long snapshot;

    /** Offset of a snapshot at which no segment begins: it goes when there is a newer one. */
    private long passingSnapshot;

    private int latestEpoch;
    private boolean epochsChanged;
    private boolean behind;

    /**
     * @param snapshot offset of the newest snapshot, {@link StateSave#NO_SNAPSHOT} if there is none
     * @param passingSnapshot the same, if no segment begins there
     * @param latestEpoch of the epochs in the file
     * @param behind the files are not as after a clean stop
     */
    SavedState(long snapshot, long passingSnapshot, int latestEpoch, boolean behind) {
        this.snapshot = snapshot;
        this.passingSnapshot = passingSnapshot;
        this.latestEpoch = latestEpoch;
        this.behind = behind;
    }

    /** Something was appended or rolled. */
    void changed() {
        behind = true;
    }

    void epochsChanged() {
        epochsChanged = true;
        behind = true;
    }

    /** Closing has something to write. */
    boolean isBehind() {
        return behind;
    }

    /** Everything, as of the log end. */
    StateSave begin(long logEnd, long logBegin, ActiveSegment active, ProducerStates producers, LeaderEpochs epochs) {
        boolean snapshotDue = snapshot != logEnd && logEnd > logBegin;
        long obsolete = StateSave.NO_SNAPSHOT;
        if (snapshotDue) {
            obsolete = passingSnapshot;
            snapshot = logEnd;
            passingSnapshot = logEnd == active.baseOffset() ? StateSave.NO_SNAPSHOT : logEnd;
        }
        boolean epochsDue = epochsChanged || epochs.latestEpoch() != latestEpoch;
        epochsChanged = false;
        latestEpoch = epochs.latestEpoch();
        return new StateSave(
                logEnd,
                active.aborted().unsaved(),
                snapshotDue ? ProducerSnapshot.encode(producers) : null,
                obsolete,
                epochsDue ? epochs.entries() : null);
    }

    /** The snapshot at which a new segment begins; null if it has been taken already. */
    ByteBuffer beginAtRoll(long logEnd, ProducerStates producers) {
        if (snapshot == logEnd) {
            passingSnapshot = StateSave.NO_SNAPSHOT;
            return null;
        }
        snapshot = logEnd;
        return ProducerSnapshot.encode(producers);
    }
}
