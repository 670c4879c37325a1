package io.headrace.broker;

import io.headrace.ports.Check;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Which shard owns which partition, and on each shard the partitions that have been asked for since the start. The map of
 * a shard is touched by that shard alone; a partition appears in it when it is first found, so a partition that nobody
 * uses costs nothing.
 */
public final class Partitions {

    private final ShardGroup shards;
    private final List<Map<PartitionRef, LeaderPartition>> byShard = new ArrayList<>();
    private final BiFunction<PartitionRef, Shard, LeaderPartition> factory;
    private volatile Exception directoryFailure;

    /** The factory answers null for a partition that does not exist; it runs on the partition's shard. */
    Partitions(ShardGroup shards, BiFunction<PartitionRef, Shard, LeaderPartition> factory) {
        this.shards = shards;
        this.factory = factory;
        for (int i = 0; i < shards.size(); i++) {
            byShard.add(new LinkedHashMap<>());
        }
    }

    public int shardCount() {
        return shards.size();
    }

    public Shard shardOf(PartitionRef ref) {
        int spread = ref.topicId().hashCode() * 31 + ref.partition();
        return shards.shard(Math.floorMod(spread, shards.size()));
    }

    /** The partition, null if it does not exist. On its own shard only. */
    public LeaderPartition find(PartitionRef ref) {
        Shard shard = shardOf(ref);
        Check.that(shard.isCurrent(), "a partition is looked up by the shard that owns it");
        Map<PartitionRef, LeaderPartition> mine = byShard.get(shard.index());
        LeaderPartition partition = mine.get(ref);
        if (partition == null) {
            partition = factory.apply(ref, shard);
            if (partition != null) {
                mine.put(ref, partition);
                if (directoryFailure != null) {
                    partition.takeOffline(directoryFailure);
                }
            }
        }
        return partition;
    }

    /** The directory has failed: no partition in it serves any more. From any shard. */
    void takeOffline(Exception cause) {
        directoryFailure = cause;
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> {
                for (LeaderPartition partition : inUse(shard)) {
                    partition.takeOffline(cause);
                }
            });
        }
    }

    /** Drops the partition from its shard; on that shard only. */
    LeaderPartition remove(PartitionRef ref) {
        return byShard.get(shardOf(ref).index()).remove(ref);
    }

    /** The partitions of the current shard that are in use. */
    List<LeaderPartition> inUse(Shard shard) {
        return new ArrayList<>(byShard.get(shard.index()).values());
    }
}
