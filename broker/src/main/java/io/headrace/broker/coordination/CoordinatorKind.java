package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.function.Consumer;

/**
 * What tells one kind of coordinator from another. Immutable, and asked from any shard.
 *
 * @param <E> what can happen to its cores
 */
public interface CoordinatorKind<E> {

    CoordinatorTopic topic();

    /** A core that has not seen any record yet. */
    Coordinator<E> newCore();

    /** A timer of a core has fired. */
    E timerFired(Object key);

    /**
     * Does what a core has asked for in {@link io.headrace.coordination.Effect.Task}.
     *
     * @param partition of the core
     * @param shard which owns it, and is the current one; the outcome is told there
     */
    void perform(Object task, LeaderPartition partition, Shard shard, Consumer<E> outcome);

    /** The coordinator that a group or a transactional id belongs to: Kafka's choice, which its tools rely on. */
    static int partitionOf(String key, int partitions) {
        int hash = key.hashCode();
        return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash) % partitions;
    }
}
