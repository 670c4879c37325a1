package io.headrace.replication;

import io.headrace.log.LoadPoint;
import io.headrace.log.PartitionLog;
import java.io.IOException;

/** Finds the log of one partition on disk, or makes it if there never was one. */
public interface LogOpener {

    /** Runs the action on the partition's thread, now or later, once the place of the log is free to be looked at. */
    default void whenFree(Runnable action) {
        action.run();
    }

    /** The first opening since the process started: from the checkpoints of the last one. On a disk thread. */
    PartitionLog open() throws IOException;

    /** After a failed write: what was flushed is known, the rest is found by reading. On a disk thread. */
    PartitionLog reopen(LoadPoint from) throws IOException;
}
