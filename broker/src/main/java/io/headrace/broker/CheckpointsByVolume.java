package io.headrace.broker;

import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets the recovery points follow when much has been flushed since they last did, so that a start after kill -9 has little to
 * read however fast it had come. Only the logs with a good share of it are asked to, since each pays with a few fsyncs; the others
 * follow by the clock ({@link Upkeep}). What is written and not flushed does not count: it has to be read anyway.
 *
 * <p>Belongs to shard 0, save for the count, to which every shard adds.
 */
final class CheckpointsByVolume {

    private final ShardGroup shards;
    private final Partitions partitions;
    private final Checkpoints checkpoints;
    private final long everyBytes;
    private final AtomicLong flushedBytes = new AtomicLong();
    private final AtomicBoolean underWay = new AtomicBoolean();

    /** Of the round that is under way. */
    private int outstanding;

    CheckpointsByVolume(ShardGroup shards, Partitions partitions, Checkpoints checkpoints, long everyBytes) {
        this.shards = shards;
        this.partitions = partitions;
        this.checkpoints = checkpoints;
        this.everyBytes = everyBytes;
    }

    /** So many bytes more of some log have become durable. On any shard. */
    void flushed(long bytes) {
        if (flushedBytes.addAndGet(bytes) >= everyBytes) {
            beginIfDue();
        }
    }

    private void beginIfDue() {
        if (flushedBytes.get() >= everyBytes && underWay.compareAndSet(false, true)) {
            home().post(this::begin);
        }
    }

    private Shard home() {
        return shards.shard(0);
    }

    private void begin() {
        flushedBytes.set(0);
        outstanding = shards.size();
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> checkpoint(shard));
        }
    }

    private void checkpoint(Shard shard) {
        List<LeaderPartition> large = new ArrayList<>();
        for (LeaderPartition partition : partitions.inUse(shard)) {
            if (partition.flushedSinceCheckpoint() >= everyBytes / Limits.CHECKPOINT_LOGS) {
                large.add(partition);
            }
        }
        home().post(() -> {
            outstanding += large.size();
            countDown();
        });
        for (LeaderPartition partition : large) {
            partition.checkpoint(() -> home().post(this::countDown));
        }
    }

    private void countDown() {
        if (--outstanding == 0) {
            checkpoints.save(home(), this::saved, cause -> {
                BrokerLog.warn("the checkpoints could not be written", cause);
                saved();
            });
        }
    }

    private void saved() {
        underWay.set(false);
        beginIfDue();
    }
}
