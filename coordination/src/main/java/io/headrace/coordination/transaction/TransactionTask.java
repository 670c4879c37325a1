package io.headrace.coordination.transaction;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What a transaction coordinator has others do; see {@link io.headrace.coordination.Effect.Task}. */
public sealed interface TransactionTask {

    /**
     * Ends the transaction in its partitions; comes back as {@link TransactionEvent.MarkersWritten} when all of them have it.
     *
     * @param version the transaction version of the marker
     */
    record WriteMarkers(
            String transactionalId,
            long producerId,
            short epoch,
            boolean commit,
            short version,
            List<TopicPartition> partitions)
            implements TransactionTask {}

    /** Gets a producer id that nobody has had; comes back as {@link TransactionEvent.ProducerIdTaken}. */
    record TakeProducerId(String transactionalId) implements TransactionTask {}
}
