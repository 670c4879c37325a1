package io.headrace.broker;

import io.headrace.log.LoadReport;
import io.headrace.log.LogIdentity;
import io.headrace.replication.PartitionEnv;

/**
 * Tells a person what happened to partitions, the partitions of a directory that its disk has failed, and the checkpoints how much
 * has been flushed. On any shard.
 */
final class PartitionNews implements PartitionEnv.Events {

    private final Partitions partitions;
    private final CheckpointsByVolume checkpoints;

    PartitionNews(Partitions partitions, CheckpointsByVolume checkpoints) {
        this.partitions = partitions;
        this.checkpoints = checkpoints;
    }

    @Override
    public void opened(LogIdentity id, LoadReport report) {
        if (!report.isEmpty()) {
            BrokerLog.info("recovered " + id + ": " + report.describe());
        }
    }

    @Override
    public void flushed(LogIdentity id, long bytes) {
        checkpoints.flushed(bytes);
    }

    @Override
    public void startedOver(LogIdentity id, Exception cause) {
        BrokerLog.warn("a write to " + id + " failed, reading it again from what was flushed", cause);
    }

    @Override
    public void notOpened(LogIdentity id, Exception cause) {
        BrokerLog.warn(id + " could not be opened, the next request tries again", cause);
    }

    @Override
    public void notRead(LogIdentity id, Exception cause) {
        BrokerLog.warn("a read of " + id + " failed", cause);
    }

    @Override
    public void notCompacted(LogIdentity id, Exception cause) {
        BrokerLog.warn(id + " could not be compacted", cause);
    }

    @Override
    public void offline(LogIdentity id, Exception cause) {
        BrokerLog.error(id + " is offline", cause);
    }

    @Override
    public void directoryFailed(LogIdentity id, Exception cause) {
        BrokerLog.error("the log directory is offline until the broker is started again", cause);
        partitions.takeOffline(cause);
    }
}
