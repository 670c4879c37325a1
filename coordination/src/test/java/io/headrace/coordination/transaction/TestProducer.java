package io.headrace.coordination.transaction;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;

/** A transactional producer of a test: what it believes, and what it says accordingly. */
final class TestProducer {

    private static final short EPOCH_BUMP_VERSION = 2;
    private static final short END_WITH_BUMP = 5;
    private static final short END_WITHOUT = 4;

    final String name;
    String transactionalId = "x";
    int timeoutMs = 60_000;

    /** Whether it speaks the protocol from before KIP-890. */
    boolean old;

    long producerId = -1;
    short epoch = -1;

    TestProducer(String name) {
        this.name = name;
    }

    /** @param named to say who it is (KIP-360) */
    TransactionEvent init(long ticket, boolean named) {
        InitProducerIdRequestData request = new InitProducerIdRequestData()
                .setTransactionalId(transactionalId)
                .setTransactionTimeoutMs(timeoutMs)
                .setProducerId(named ? producerId : -1)
                .setProducerEpoch(named ? epoch : -1);
        return new TransactionEvent.Request(ticket, (short) 5, request);
    }

    void granted(InitProducerIdResponseData response) {
        producerId = response.producerId();
        epoch = response.producerEpoch();
    }

    TransactionEvent add(long ticket, List<TopicPartition> partitions) {
        return new TransactionEvent.Partitions(
                ticket, transactionalId, producerId, epoch, partitions, false, clientVersion());
    }

    /** What the broker asks before the first batch of a transaction is written to a partition. */
    TransactionEvent verify(long ticket, TopicPartition partition, short producerEpoch) {
        return new TransactionEvent.Partitions(
                ticket, transactionalId, producerId, producerEpoch, List.of(partition), old, clientVersion());
    }

    private short clientVersion() {
        return old ? 0 : EPOCH_BUMP_VERSION;
    }

    TransactionEvent end(long ticket, boolean commit) {
        EndTxnRequestData request = new EndTxnRequestData()
                .setTransactionalId(transactionalId)
                .setProducerId(producerId)
                .setProducerEpoch(epoch)
                .setCommitted(commit);
        return new TransactionEvent.Request(ticket, old ? END_WITHOUT : END_WITH_BUMP, request);
    }
}
