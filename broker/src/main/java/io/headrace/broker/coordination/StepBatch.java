package io.headrace.broker.coordination;

import io.headrace.broker.OwnAppend;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Step;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.util.function.Consumer;

/** Makes one batch of the records of one step. */
final class StepBatch {

    private StepBatch() {}

    /**
     * @param origin with what shows that a transactional batch is in its transaction
     * @param whenDone hears of the result once the batch is durable, or will not be
     */
    static OwnAppend of(
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
        return new OwnAppend(builder.build(0, RecordBatch.NO_LEADER_EPOCH), origin, whenDone);
    }
}
