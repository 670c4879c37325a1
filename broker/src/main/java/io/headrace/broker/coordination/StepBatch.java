package io.headrace.broker.coordination;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Step;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.replication.Acks;
import io.headrace.replication.Append;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The records of one step as one batch, on its way to the disk. */
final class StepBatch implements Append {

    private final ByteBuffer bytes;
    private final AppendOrigin.Coordinator origin;
    private final Consumer<AppendResult> whenDone;

    private StepBatch(ByteBuffer bytes, AppendOrigin.Coordinator origin, Consumer<AppendResult> whenDone) {
        this.bytes = bytes;
        this.origin = origin;
        this.whenDone = whenDone;
    }

    /**
     * @param origin with what shows that a transactional batch is in its transaction
     * @param whenDone hears of the result once the batch is durable, or will not be
     */
    static StepBatch of(
            Step step,
            AppendOrigin.Coordinator origin,
            long wallMs,
            RecordCodec codec,
            BatchBuilder builder,
            Consumer<AppendResult> whenDone) {
        for (CoordinatorRecord record : step.records()) {
            builder.append(wallMs, codec.key(record), codec.value(record));
        }
        if (step.origin().isTransactional()) {
            builder.producer(step.origin().producerId(), step.origin().producerEpoch(), RecordBatch.NO_SEQUENCE)
                    .transactional();
        }
        return new StepBatch(builder.build(0, RecordBatch.NO_LEADER_EPOCH), origin, whenDone);
    }

    @Override
    public ByteBuffer batches() {
        return bytes;
    }

    /** The bytes are nobody else's. */
    @Override
    public void retain() {}

    @Override
    public Acks acks() {
        return Acks.ALL;
    }

    @Override
    public AppendOrigin origin() {
        return origin;
    }

    @Override
    public void placed() {}

    @Override
    public void done(AppendResult result) {
        whenDone.accept(result);
    }
}
