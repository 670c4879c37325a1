package io.headrace.replication;

import io.headrace.log.AppendValidator;
import io.headrace.log.LoadReport;
import io.headrace.log.LogIdentity;
import io.headrace.ports.DiskWork;
import io.headrace.ports.Time;

/** What the partitions of one shard in one log directory share. */
public record PartitionEnv(
        DiskWork work,
        Time time,
        Visibility visibility,
        AppendValidator validator,
        UnflushedBudget unflushed,
        Events events) {

    /** What whoever runs the partitions should hear of; called on the partitions' thread. */
    public interface Events {

        /** A log was opened; the report is empty when it had been closed cleanly. */
        void opened(LogIdentity id, LoadReport report);

        /** So many bytes of the log have become durable. */
        void flushed(LogIdentity id, long bytes);

        /** A write failed; what was not flushed is read again, now or, if the log was being closed, after the next start. */
        void startedOver(LogIdentity id, Exception cause);

        /** A log could not be opened this time; a later request for it tries again. */
        void notOpened(LogIdentity id, Exception cause);

        /** A read failed this time, and whoever asked for it was told. */
        void notRead(LogIdentity id, Exception cause);

        /** A compaction was given up; the log is as good as before. */
        void notCompacted(LogIdentity id, Exception cause);

        /** One partition stopped serving; the others go on. */
        void offline(LogIdentity id, Exception cause);

        /** An fsync failed: nothing that is buffered in this directory can be trusted any more. */
        void directoryFailed(LogIdentity id, Exception cause);
    }
}
