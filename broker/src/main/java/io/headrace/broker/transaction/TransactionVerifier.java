package io.headrace.broker.transaction;

import io.headrace.broker.transaction.TransactionCoordinators.Producer;
import io.headrace.coordination.transaction.PartitionResults;
import io.headrace.log.ProducerStates.Standing;
import io.headrace.log.Verification;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.wire.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes sure that a partition is in a producer's transaction before the transaction's first batch is written to it
 * (KIP-890). What newer clients write joins the transaction by itself; for older ones, who have to say so first, the
 * coordinator is asked whether they did.
 */
public final class TransactionVerifier {

    /** How much the client of a request knows of verification. */
    public enum Client {
        /** Before it existed: an error that is new to it is told as INVALID_TXN_STATE. */
        BASIC,
        /** It knows TRANSACTION_ABORTABLE. */
        KNOWS_ABORTABLE,
        /** It speaks transaction version 2: its partitions are added. */
        ADDS_ITSELF;

        /** By the version of a request, of which these are the first with an error and with a protocol of their own. */
        public static Client speaking(short version, short firstWithAbortable, short firstThatAddsPartitions) {
            if (version >= firstThatAddsPartitions) {
                return ADDS_ITSELF;
            }
            return version >= firstWithAbortable ? KNOWS_ABORTABLE : BASIC;
        }
    }

    private static final short VERSION_WITH_EPOCH_BUMP = 2;

    private final TransactionCoordinators coordinators;

    public TransactionVerifier(TransactionCoordinators coordinators) {
        this.coordinators = coordinators;
    }

    /**
     * On the partition's shard, where it is told as well.
     *
     * @param sequence of the batch, -1 if it has none
     * @param verified gets what to hand in with the batch, null if nothing is needed
     */
    public void verify(
            LeaderPartition partition,
            Shard shard,
            Producer producer,
            int sequence,
            Client client,
            Consumer<Verification> verified,
            Consumer<ErrorCode> refused) {
        boolean bumps = client == Client.ADDS_ITSELF;
        partition.standing(
                producer.id(),
                producer.epoch(),
                sequence,
                bumps,
                standing -> {
                    switch (standing) {
                        case Standing.InTransaction() -> verified.accept(null);
                        case Standing.Fenced(var answer) -> refused.accept(answer.error());
                        case Standing.Unverified(Verification verification) ->
                            coordinators.partitions(
                                    shard,
                                    producer,
                                    List.of(new TopicPartition(
                                            partition.id().topic(),
                                            partition.id().partition())),
                                    !bumps,
                                    bumps ? VERSION_WITH_EPOCH_BUMP : 0,
                                    result -> {
                                        ErrorCode error = asTold(PartitionResults.ofOne(result), client);
                                        if (error == ErrorCode.NONE) {
                                            verified.accept(verification);
                                        } else {
                                            refused.accept(error);
                                        }
                                    },
                                    refused);
                    }
                },
                refused);
    }

    /** As Kafka tells it to a client that has only written to a partition. */
    private static ErrorCode asTold(ErrorCode error, Client client) {
        if (error == ErrorCode.TRANSACTION_ABORTABLE && client == Client.BASIC) {
            return ErrorCode.INVALID_TXN_STATE;
        }
        return error == ErrorCode.PRODUCER_FENCED ? ErrorCode.INVALID_PRODUCER_EPOCH : error;
    }
}
