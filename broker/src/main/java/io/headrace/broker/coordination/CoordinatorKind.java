package io.headrace.broker.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.RecordCodec;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.function.Consumer;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;

/**
 * What tells one kind of coordinator from another. Immutable, and asked from any shard.
 *
 * @param <E> what can happen to its cores
 */
public interface CoordinatorKind<E> {

    /** The topic that the coordinators write to, one for each partition. */
    String topic();

    /** That topic as it is to be created when it is first needed. */
    CreatableTopic definition();

    RecordCodec codec();

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

    /** Bytes of the log that are read at a time while a coordinator loads. */
    int loadBytes();

    /** The coordinator that a group or a transactional id belongs to: Kafka's choice, which its tools rely on. */
    static int partitionOf(String key, int partitions) {
        int hash = key.hashCode();
        return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash) % partitions;
    }
}
