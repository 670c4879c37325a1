package io.headrace.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testing.SetTime;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Writes numbers that rise by one. An idempotent producer waits for its acknowledgements, and offers again, in order, what
 * was refused; another one offers everything once, with any acks.
 */
final class RandomProducer {

    static final long NUMBERS_EACH = 1_000_000;

    private static final int UNSURE_AT_MOST = 5;

    /** Records in a row; the first holds the first number. */
    static final class Batch {
        private final ByteBuffer bytes;
        private final Acks acks;
        private final long firstNumber;
        private boolean underWay;

        Batch(ByteBuffer bytes, Acks acks, long firstNumber) {
            this.bytes = bytes;
            this.acks = acks;
            this.firstNumber = firstNumber;
        }

        ByteBuffer bytes() {
            return bytes;
        }

        Acks acks() {
            return acks;
        }

        long firstNumber() {
            return firstNumber;
        }
    }

    private final SplittableRandom random;
    private final boolean idempotent;
    private final long id;
    private final long numbersFrom;
    private final Deque<Batch> unsure = new ArrayDeque<>();
    private final BatchBuilder builder = new BatchBuilder();
    private int written;
    private Batch beingPlaced;
    private boolean mustGoBack;

    RandomProducer(int index, boolean idempotent, SplittableRandom random) {
        this.random = random;
        this.idempotent = idempotent;
        this.id = index;
        this.numbersFrom = index * NUMBERS_EACH;
    }

    boolean isSure() {
        return unsure.isEmpty();
    }

    /** Has something new to offer, unless there is too much that is unsure. */
    void write() {
        if (unsure.size() == UNSURE_AT_MOST) {
            return;
        }
        int records = random.nextInt(1, 4);
        long firstNumber = numbersFrom + written;
        if (idempotent) {
            builder.producer(id, (short) 0, written);
        }
        for (int i = 0; i < records; i++) {
            ByteBuffer value = ByteBuffer.allocate(Long.BYTES + random.nextInt(300));
            builder.append(SetTime.WALL_AT_START_MS, null, value.putLong(0, firstNumber + i));
        }
        written += records;
        Acks acks = idempotent ? Acks.ALL : Acks.values()[random.nextInt(3)];
        unsure.add(new Batch(builder.build(0, RecordBatch.NO_LEADER_EPOCH), acks, firstNumber));
    }

    /** The next batch to offer, null if none may be offered now. */
    Batch next() {
        if (beingPlaced != null || (mustGoBack && anyUnderWay())) {
            return null;
        }
        mustGoBack = false;
        for (Batch batch : unsure) {
            if (!batch.underWay) {
                batch.underWay = true;
                beingPlaced = batch;
                return batch;
            }
        }
        return null;
    }

    private boolean anyUnderWay() {
        for (Batch batch : unsure) {
            if (batch.underWay) {
                return true;
            }
        }
        return false;
    }

    void placed(Batch batch) {
        assertThat(beingPlaced).isSameAs(batch);
        beingPlaced = null;
    }

    void accepted(Batch batch) {
        unsure.remove(batch);
    }

    void refused(Batch batch, ErrorCode error, String why) {
        if (!idempotent) {
            unsure.remove(batch);
            return;
        }
        assertThat(error == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER && unsure.peek() == batch)
                .as("all before it was acknowledged, and now: %s", why)
                .isFalse();
        batch.underWay = false;
        mustGoBack = true;
    }
}
