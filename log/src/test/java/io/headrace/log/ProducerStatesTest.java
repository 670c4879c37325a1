package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProducerStatesTest {

    private static final long PRODUCER = 4711;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final int DAY_MS = 86_400_000;

    private final ProducerStates states = new ProducerStates(DAY_MS);
    private long endOffset = 100;

    private Optional<AppendResult> check(RecordBatch batch) {
        return states.check(batch, AppendOrigin.Client.of(12));
    }

    @Test
    void batchesOfNoProducerAreNotLookedAt() {
        append(noProducer());

        assertThat(check(noProducer())).isEmpty();
        assertThat(states.size()).isZero();
    }

    @Test
    void anUnknownProducerMayBeginAnywhere() {
        assertThat(check(batch(3, 17, 2))).isEmpty();
    }

    @Test
    void theNextSequenceIsTakenAndNoOther() {
        append(batch(0, 0, 5));

        assertThat(check(batch(0, 5, 1))).isEmpty();
        assertThat(errorOf(batch(0, 6, 1))).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(errorOf(batch(0, 3, 2))).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(errorOf(batch(0, 0, 4))).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    }

    @Test
    void theLastFiveBatchesAreKnownAsDuplicatesWithTheirOffsets() {
        for (int i = 0; i < 6; i++) {
            append(batch(0, 2 * i, 2, NOW_MS + i));
        }

        assertThat(errorOf(batch(0, 0, 2))).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        for (int i = 1; i < 6; i++) {
            assertThat(check(batch(0, 2 * i, 2, NOW_MS)))
                    .contains(new Duplicate(100 + 2 * i, 100 + 2 * i + 1, NOW_MS + i));
        }
    }

    @Test
    void sequencesGoOnAtZeroAfterTheHighest() {
        append(batch(0, Integer.MAX_VALUE - 1, 2));

        assertThat(errorOf(batch(0, 1, 1))).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(check(batch(0, 0, 1))).isEmpty();
    }

    @Test
    void aBatchMayCrossTheHighestSequence() {
        append(batch(0, Integer.MAX_VALUE - 1, 5));

        assertThat(check(batch(0, Integer.MAX_VALUE - 1, 5))).contains(new Duplicate(100, 104, NOW_MS));
        assertThat(check(batch(0, 3, 1))).isEmpty();
    }

    @Test
    void aNewEpochBeginsAtZero() {
        append(batch(0, 0, 5));

        assertThat(errorOf(batch(1, 5, 1))).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(check(batch(1, 0, 5))).isEmpty();
    }

    @Test
    void anEarlierEpochIsFenced() {
        append(batch(0, 0, 5));
        append(batch(1, 0, 1));

        assertThat(errorOf(batch(0, 5, 1))).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
        assertThat(errorOf(batch(0, 0, 5))).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
    }

    @Test
    void checkingChangesNothing() {
        append(batch(0, 0, 5));

        for (int i = 0; i < 3; i++) {
            assertThat(check(batch(0, 5, 1))).isEmpty();
            assertThat(check(batch(1, 0, 1))).isEmpty();
        }
    }

    @Test
    void aSilentProducerExpiresAndMayBeginAnywhereAgain() {
        append(batch(2, 0, 5));

        states.expire(NOW_MS + DAY_MS - 1);
        assertThat(errorOf(batch(2, 7, 1))).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);

        states.expire(NOW_MS + DAY_MS);
        assertThat(states.size()).isZero();
        assertThat(check(batch(0, 7, 1))).isEmpty();
    }

    @Test
    void theTimeOfExpiryMayChange() {
        append(batch(0, 0, 1));

        states.expireAfter(10);
        states.expire(NOW_MS + 10);

        assertThat(states.size()).isZero();
    }

    @Test
    void transactionalBatchesNeedAnOpenTransaction() {
        assertThat(errorOf(transactional(0, 0))).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        append(batch(0, 0, 1));
        assertThat(errorOf(transactional(0, 1))).isEqualTo(ErrorCode.INVALID_TXN_STATE);

        append(transactional(0, 1));
        assertThat(check(transactional(0, 2))).isEmpty();
        assertThat(errorOf(batch(0, 2, 1))).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    }

    @Test
    void aMarkerEndsTheTransactionAndKeepsTheBatches() {
        append(transactional(0, 0));
        append(marker(0, 9));

        ProducerEntry entry = states.entries().getFirst();
        assertThat(entry.hasOpenTransaction()).isFalse();
        assertThat(entry.coordinatorEpoch()).isEqualTo(9);
        assertThat(entry.lastSequence()).isZero();
        assertThat(errorOf(transactional(0, 1))).isEqualTo(ErrorCode.INVALID_TXN_STATE);
    }

    @Test
    void aProducerWithAnOpenTransactionDoesNotExpire() {
        append(transactional(0, 0));

        states.expire(NOW_MS + 10L * DAY_MS);

        assertThat(states.entries())
                .extracting(ProducerEntry::transactionStartOffset)
                .containsExactly(100L);
    }

    @Test
    void aThousandProducersAreToldApart() {
        for (int i = 0; i < 1000; i++) {
            append(batchOf(i * 37L, (short) 0, i, 1, NOW_MS + i));
        }
        states.expire(NOW_MS + DAY_MS + 499);

        assertThat(states.size()).isEqualTo(500);
        for (int i = 500; i < 1000; i++) {
            assertThat(errorOf(batchOf(i * 37L, (short) 0, i + 2, 1, NOW_MS)))
                    .isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
            assertThat(check(batchOf(i * 37L, (short) 0, i + 1, 1, NOW_MS))).isEmpty();
        }
        assertThat(states.entries()).isSortedAccordingTo((a, b) -> Long.compare(a.producerId(), b.producerId()));
    }

    private void append(RecordBatch batch) {
        batch.setBaseOffset(endOffset);
        endOffset = batch.nextOffset();
        states.append(batch);
    }

    private ErrorCode errorOf(RecordBatch batch) {
        Optional<AppendResult> instead = check(batch);
        return instead.isPresent() && instead.get() instanceof Rejected rejected ? rejected.error() : ErrorCode.NONE;
    }

    private static RecordBatch batch(int epoch, int sequence, int count) {
        return batch(epoch, sequence, count, NOW_MS);
    }

    private static RecordBatch batch(int epoch, int sequence, int count, long timestamp) {
        return batchOf(PRODUCER, (short) epoch, sequence, count, timestamp);
    }

    private static RecordBatch batchOf(long producer, short epoch, int sequence, int count, long timestamp) {
        BatchBuilder builder = new BatchBuilder().producer(producer, epoch, sequence);
        for (int i = 0; i < count; i++) {
            builder.append(timestamp, null, null);
        }
        return wrapped(builder);
    }

    private static RecordBatch transactional(int epoch, int sequence) {
        return wrapped(new BatchBuilder()
                .producer(PRODUCER, (short) epoch, sequence)
                .transactional()
                .append(NOW_MS, null, null));
    }

    private static RecordBatch marker(int epoch, int coordinatorEpoch) {
        ByteBuffer key =
                ByteBuffer.allocate(4).putShort((short) 0).putShort((short) 1).flip();
        ByteBuffer value = ByteBuffer.allocate(6)
                .putShort((short) 0)
                .putInt(coordinatorEpoch)
                .flip();
        return wrapped(new BatchBuilder()
                .producer(PRODUCER, (short) epoch, RecordBatch.NO_SEQUENCE)
                .transactional()
                .control()
                .append(NOW_MS, key, value));
    }

    private static RecordBatch noProducer() {
        return wrapped(new BatchBuilder().append(NOW_MS, null, null));
    }

    private static RecordBatch wrapped(BatchBuilder builder) {
        RecordBatch batch = new RecordBatch();
        batch.wrap(builder.build(0, 0), 0);
        return batch;
    }
}
