package io.headrace.simulation.durability;

import io.headrace.log.AppendResult;
import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.AppendResult.SegmentFull;
import io.headrace.replication.Acks;
import io.headrace.replication.LeaderPartition;
import io.headrace.simulation.SimulatedMachine;
import io.headrace.simulation.Violation;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A client that writes to one partition and outlives the broker. It has up to five batches under way, learns of their
 * fate or not, and offers what it is unsure of again, in order and with the same sequence numbers, until it is told.
 */
final class Producer {

    /** Batches; what the Java client has by default, and what a broker remembers of a producer. */
    private static final int IN_FLIGHT = 5;

    private static final int RECORDS_AT_MOST = 4;
    private static final int VALUE_BYTES_AT_MOST = 400;

    /** Near enough to the highest sequence for a run to pass it. */
    private static final int SEQUENCES_BEFORE_WRAP = 40;

    private static final class Batch {
        private final ByteBuffer bytes;
        private final List<Value> values;

        /** The offer that is under way, null if none is. */
        private Produce offer;

        Batch(ByteBuffer bytes, List<Value> values) {
            this.bytes = bytes;
            this.values = values;
        }
    }

    private final SimulatedMachine machine;
    private final PartitionHistory history;
    private final Acks acks;
    private final boolean idempotent;
    private final IntSupplier freshIds;
    private final List<Batch> unsure = new ArrayList<>();
    private int id;
    private short epoch;
    private int nextSequence;
    private int nextNumber;
    private Produce lastOffer;
    private boolean mustGoBack;

    /** @param freshIds producer ids that nobody has had */
    Producer(SimulatedMachine machine, PartitionHistory history, Acks acks, boolean idempotent, IntSupplier freshIds) {
        this.machine = machine;
        this.history = history;
        this.acks = acks;
        this.idempotent = idempotent;
        this.freshIds = freshIds;
        beNew();
    }

    private void beNew() {
        id = freshIds.getAsInt();
        epoch = 0;
        nextSequence = machine.choices().coin() ? 0 : Integer.MAX_VALUE - SEQUENCES_BEFORE_WRAP;
        nextNumber = 0;
    }

    /** Nothing is left that was offered and not told. */
    boolean isSure() {
        return unsure.isEmpty();
    }

    /** Writes something new if it may, and offers what it can. */
    void write(LeaderPartition partition) {
        if (unsure.size() < IN_FLIGHT) {
            unsure.add(batch());
        }
        offer(partition);
    }

    /** Starts over with the next epoch, as after a fatal error of the client; only when nothing is unsure. */
    void bumpEpoch() {
        if (idempotent && unsure.isEmpty()) {
            epoch++;
            nextSequence = 0;
        }
    }

    private Batch batch() {
        int records = machine.choices().between(1, RECORDS_AT_MOST);
        List<Value> values = new ArrayList<>(records);
        BatchBuilder builder = new BatchBuilder();
        if (idempotent) {
            builder.producer(id, epoch, nextSequence);
            nextSequence = (nextSequence + records) & Integer.MAX_VALUE;
        }
        for (int i = 0; i < records; i++) {
            Value value = new Value(id, nextNumber++, idempotent);
            int length = machine.choices().below(VALUE_BYTES_AT_MOST);
            builder.append(machine.time().wallMs(), null, value.encode(length));
            values.add(value);
        }
        return new Batch(builder.build(0, -1), values);
    }

    /** Offers, in order, what is not under way; the next one once the one before has its place. */
    void offer(LeaderPartition partition) {
        if (mustGoBack && anyUnderWay()) {
            return;
        }
        mustGoBack = false;
        for (Batch batch : List.copyOf(unsure)) {
            if (mustGoBack || (lastOffer != null && !lastOffer.isPlaced())) {
                return;
            }
            if (batch.offer == null && unsure.contains(batch)) {
                offer(batch, partition);
            }
        }
    }

    private boolean anyUnderWay() {
        for (Batch batch : unsure) {
            if (batch.offer != null) {
                return true;
            }
        }
        return false;
    }

    private void offer(Batch batch, LeaderPartition partition) {
        Produce offer = new Produce(batch.bytes, acks, (produce, result) -> answered(batch, produce, result));
        machine.trace().event("produce", batch.values.getFirst().toString(), batch.values.size(), acks.ordinal());
        batch.offer = offer;
        lastOffer = offer;
        partition.append(offer);
        offer.callIsOver();
        if (acks == Acks.NONE) {
            unsure.remove(batch);
        }
    }

    /** The connection, or the broker, is gone: what was under way is forgotten, and its answers are not heard. */
    void disconnect() {
        for (Batch batch : unsure) {
            batch.offer = null;
        }
        lastOffer = null;
        mustGoBack = false;
    }

    private void answered(Batch batch, Produce produce, AppendResult result) {
        if (batch.offer != produce || acks == Acks.NONE) {
            return;
        }
        batch.offer = null;
        switch (result) {
            case Appended appended -> accepted(batch, appended.baseOffset(), appended.lastOffset());
            case Duplicate duplicate -> {
                Violation.unless(idempotent, "a batch without a producer id was called a duplicate");
                accepted(batch, duplicate.baseOffset(), duplicate.lastOffset());
            }
            case Rejected rejected -> rejected(batch, rejected);
            case SegmentFull() -> throw new Violation("a producer was told to roll the segment");
        }
    }

    private void accepted(Batch batch, long baseOffset, long lastOffset) {
        machine.trace().event("accepted", batch.values.getFirst().toString(), baseOffset, lastOffset);
        Violation.unless(
                lastOffset - baseOffset + 1 == batch.values.size(),
                "a batch of " + batch.values.size() + " records was given offsets " + baseOffset + " to " + lastOffset);
        if (acks == Acks.ALL) {
            history.acknowledged(baseOffset, batch.values);
        }
        unsure.remove(batch);
    }

    private void rejected(Batch batch, Rejected rejected) {
        machine.trace()
                .event(
                        "rejected",
                        batch.values.getFirst().toString(),
                        rejected.error().ordinal(),
                        0);
        boolean first = unsure.getFirst() == batch;
        mustGoBack = true;
        switch (rejected.error()) {
            case KAFKA_STORAGE_ERROR, NOT_LEADER_OR_FOLLOWER -> {}
            case OUT_OF_ORDER_SEQUENCE_NUMBER -> {
                if (first) {
                    outOfOrder(batch, rejected);
                }
            }
            default -> throw new Violation(batch.values.getFirst() + " was rejected: " + rejected);
        }
    }

    /** All earlier batches were acknowledged. With acks=1 they may be lost; then the client has to become somebody else. */
    private void outOfOrder(Batch batch, Rejected rejected) {
        Violation.unless(
                idempotent && acks != Acks.ALL,
                batch.values.getFirst() + " follows on acknowledged batches and was rejected: " + rejected.error()
                        + ", " + rejected.message());
        unsure.clear();
        disconnect();
        beNew();
    }

    static boolean isExpected(ErrorCode error) {
        return error == ErrorCode.KAFKA_STORAGE_ERROR || error == ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }

    @Override
    public String toString() {
        return "producer " + id + (idempotent ? " idempotent" : "") + " acks " + acks;
    }
}
