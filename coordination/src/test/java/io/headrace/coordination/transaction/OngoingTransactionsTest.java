package io.headrace.coordination.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Effect;
import io.headrace.coordination.Origin;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue.PartitionsSchema;
import org.junit.jupiter.api.Test;

final class OngoingTransactionsTest {

    private static final long NOW_MS = 1_700_000_000_000L;
    private static final TopicPartition PARTITION = new TopicPartition("flights", 2);

    private final OngoingTransactions found = new OngoingTransactions();

    private static CoordinatorRecord record(String id, TransactionStatus status, int epoch) {
        TransactionLogValue value = new TransactionLogValue()
                .setProducerId(id.length())
                .setProducerEpoch((short) epoch)
                .setTransactionTimeoutMs(60_000)
                .setTransactionStatus(status.id())
                .setTransactionStartTimestampMs(NOW_MS - 1)
                .setTransactionLastUpdateTimestampMs(NOW_MS - 1)
                .setTransactionPartitions(List.of(new PartitionsSchema()
                        .setTopic(PARTITION.topic())
                        .setPartitionIds(List.of(PARTITION.partition()))));
        return CoordinatorRecord.of(new TransactionLogKey().setTransactionalId(id), value);
    }

    private void take(CoordinatorRecord... records) {
        for (CoordinatorRecord record : records) {
            found.apply(record, Origin.NONE);
        }
    }

    @Test
    void whatIsDecidedOrEndedIsLeftAlone() {
        take(
                record("ended", TransactionStatus.ONGOING, 1),
                record("ended", TransactionStatus.COMPLETE_COMMIT, 2),
                record("decided", TransactionStatus.PREPARE_COMMIT, 1),
                record("forgotten", TransactionStatus.ONGOING, 1),
                CoordinatorRecord.tombstone(TransactionState.keyOf("forgotten")));

        assertThat(found.undecided()).isEmpty();
        assertThat(found.decided()).containsExactly("decided");
        assertThat(found.abort(NOW_MS, List.of())).isEmpty();
    }

    @Test
    void theCoordinatorCompletesTheAbortWhenItLoads() {
        take(record("vanished", TransactionStatus.ONGOING, 5));
        TransactionCoordinator coordinator = new TransactionCoordinator(TransactionRig.SETTINGS);

        assertThat(found.undecided()).containsExactly("vanished");
        found.abort(NOW_MS, List.of()).forEach(record -> coordinator.apply(record, Origin.NONE));

        assertThat(coordinator
                        .loaded(new CoordinatorEnv(NOW_MS, NOW_MS, 1_048_588, null, null))
                        .effects())
                .contains(new Effect.Task(new TransactionTask.WriteMarkers(
                        "vanished", "vanished".length(), (short) 6, false, (short) 2, List.of(PARTITION))));
    }

    @Test
    void whoseEpochsAreUsedUpGetsANewProducerId() {
        take(
                record("fresh", TransactionStatus.ONGOING, 5),
                record("old", TransactionStatus.ONGOING, TransactionState.LAST_EPOCH));

        assertThat(found.producerIdsNeeded()).isEqualTo(1);
        List<CoordinatorRecord> records = found.abort(NOW_MS, List.of(4711L));

        assertThat(records)
                .extracting(record -> ((TransactionLogValue) record.value()).nextProducerId())
                .containsExactly(-1L, 4711L);
    }
}
