package io.headrace.coordination.transaction;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiMessage;

/** What can happen to a transaction coordinator. */
public sealed interface TransactionEvent {

    /**
     * A client asks: InitProducerId with a transactional id, EndTxn, DescribeTransactions of ids of this partition, or
     * ListTransactions. One ticket stands for one answer, of the class that belongs to the request's.
     */
    record Request(long ticket, short version, ApiMessage request) implements TransactionEvent {}

    /**
     * Partitions are to be part of the transaction, or to be found in it. Answered with an AddPartitionsToTxn response of
     * version 4 or later with this one transaction in it.
     *
     * @param verifyOnly nothing is added
     * @param clientVersion the transaction version that the client speaks
     */
    record Partitions(
            long ticket,
            String transactionalId,
            long producerId,
            short epoch,
            List<TopicPartition> partitions,
            boolean verifyOnly,
            short clientVersion)
            implements TransactionEvent {}

    /** The time of a {@link io.headrace.coordination.Effect.Timer} has come. */
    record TimerFired(Object key) implements TransactionEvent {}

    /** What {@link TransactionTask.TakeProducerId} came to; -1 if there is none to be had now. */
    record ProducerIdTaken(String transactionalId, long producerId) implements TransactionEvent {}

    /** All markers of {@link TransactionTask.WriteMarkers} are durable, or their partitions are gone. */
    record MarkersWritten(String transactionalId, long producerId, short epoch) implements TransactionEvent {}
}
