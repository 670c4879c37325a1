package io.headrace.broker;

import io.headrace.ports.Check;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Which shard owns which partition, and on each shard the partitions that have been asked for since the start. The map of
 * a shard is touched by that shard alone; a partition appears in it when it is first found, so a partition that nobody
 * uses costs nothing.
 */
public final class Partitions {

    private final ShardGroup shards;
    private final List<Map<PartitionRef, LeaderPartition>> byShard = new ArrayList<>();
    private final Function<PartitionRef, LeaderPartition> factory;

    /** The factory answers null for a partition that does not exist; it runs on the partition's shard. */
    Partitions(ShardGroup shards, Function<PartitionRef, LeaderPartition> factory) {
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
    LeaderPartition find(PartitionRef ref) {
        Map<PartitionRef, LeaderPartition> mine = byShard.get(shardOf(ref).index());
        LeaderPartition partition = mine.get(ref);
        if (partition == null) {
            Check.that(shardOf(ref).isCurrent(), "a partition is looked up by the shard that owns it");
            partition = factory.apply(ref);
            if (partition != null) {
                mine.put(ref, partition);
            }
        }
        return partition;
    }

    /** Runs the action on the partition's shard if the partition has been in use, with null if it has not. */
    void withExisting(PartitionRef ref, BiConsumer<PartitionRef, LeaderPartition> action) {
        Shard shard = shardOf(ref);
        shard.post(() -> action.accept(ref, byShard.get(shard.index()).get(ref)));
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
