package io.headrace.metadata;

import java.util.ArrayList;
import java.util.List;

/** Which snapshots there are, and whether it is time for another. */
final class SnapshotShelf {

    private final long everyBytes;
    private final List<SnapshotName> names;
    private long lastBytes;
    private long logBytesSince;

    /** @param everyBytes that the log grows by at least between two */
    SnapshotShelf(MetadataLoad load, long everyBytes) {
        this.everyBytes = everyBytes;
        this.names = new ArrayList<>(load.snapshots());
        this.lastBytes = load.snapshotBytes();
        this.logBytesSince = load.replayedBytes();
    }

    void logGrew(int bytes) {
        logBytesSince += bytes;
    }

    boolean isDue() {
        return logBytesSince >= Math.max(everyBytes, lastBytes);
    }

    /** Counts anew from now on, whether the snapshot that is about to be written succeeds or not. */
    void begin() {
        logBytesSince = 0;
    }

    void add(SnapshotName name, long bytes) {
        names.add(name);
        lastBytes = bytes;
    }

    /** Takes out those that are not kept any more. */
    List<SnapshotName> takeSuperseded() {
        List<SnapshotName> superseded = new ArrayList<>();
        while (names.size() > Limits.SNAPSHOTS_KEPT) {
            superseded.add(names.removeFirst());
        }
        return superseded;
    }

    /** Below it the log is not needed. As long as there is one snapshot only, all of the log is. */
    long logNeededFrom() {
        return names.size() < Limits.SNAPSHOTS_KEPT ? 0 : names.getFirst().endOffset();
    }
}
