package io.headrace.replication;

import io.headrace.log.LoadPoint;
import io.headrace.log.PartitionLog;
import java.io.IOException;

/** Finds the log of one partition on disk, or makes it if there never was one. Runs on a disk thread. */
public interface LogOpener {

    /** The first opening since the process started: from the checkpoints of the last one. */
    PartitionLog open() throws IOException;

    /** After a failed write: what was flushed is known, the rest is found by reading. */
    PartitionLog reopen(LoadPoint from) throws IOException;
}
