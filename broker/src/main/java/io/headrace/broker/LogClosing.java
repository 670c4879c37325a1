package io.headrace.broker;

import io.headrace.log.PartitionLog;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.util.List;
import java.util.function.Consumer;

/** Closes every partition when the broker stops, and leaves their last offsets with the checkpoints. Belongs to shard 0. */
final class LogClosing {

    private final ShardGroup shards;
    private final Partitions partitions;
    private final Checkpoints checkpoints;
    private final Consumer<Boolean> whenClosed;
    private int outstanding;
    private boolean allClean = true;

    /** {@code whenClosed} hears whether all of them are known to be whole. */
    LogClosing(ShardGroup shards, Partitions partitions, Checkpoints checkpoints, Consumer<Boolean> whenClosed) {
        this.shards = shards;
        this.partitions = partitions;
        this.checkpoints = checkpoints;
        this.whenClosed = whenClosed;
    }

    void start() {
        outstanding = shards.size();
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> closeAll(shard));
        }
    }

    private void closeAll(Shard shard) {
        List<LeaderPartition> open = partitions.inUse(shard);
        Shard home = shards.shard(0);
        home.post(() -> {
            outstanding += open.size();
            countDown();
        });
        for (LeaderPartition partition : open) {
            partition.close((clean, log) -> home.post(() -> closed(clean, log)));
        }
    }

    private void closed(boolean clean, PartitionLog log) {
        allClean &= clean;
        if (clean && log != null) {
            checkpoints.closed(log);
        }
        countDown();
    }

    private void countDown() {
        if (--outstanding == 0) {
            whenClosed.accept(allClean);
        }
    }
}
