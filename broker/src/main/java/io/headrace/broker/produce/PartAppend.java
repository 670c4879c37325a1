package io.headrace.broker.produce;

import io.headrace.broker.Request;
import io.headrace.broker.transaction.TransactionCoordinators.Producer;
import io.headrace.broker.transaction.TransactionVerifier;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.RecordError;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.AppendResult.SegmentFull;
import io.headrace.log.Verification;
import io.headrace.replication.Acks;
import io.headrace.replication.Append;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.Timer;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;

/**
 * A part on its way through its partition, on the partition's shard. Who waits too long for it to be durable is told so, and
 * the append goes on: its record may still land, and whatever the same producer sends next comes after it.
 */
final class PartAppend implements Append {

    private static final short FIRST_VERSION_WITH_ABORTABLE = 11;
    private static final short FIRST_VERSION_THAT_ADDS_PARTITIONS = 12;

    private final Request request;
    private final ProducePart part;
    private final Acks acks;
    private final LeaderPartition partition;
    private final Placing placing;
    private final Consumer<PartitionProduceResponse> answer;
    private ByteBuffer batches;
    private Verification verification;
    private boolean lasting;
    private Timer deadline;
    private boolean answered;

    /** @param lasting the bytes of the part have been retained */
    PartAppend(
            Request request,
            ProducePart part,
            Acks acks,
            LeaderPartition partition,
            boolean lasting,
            Placing placing,
            Consumer<PartitionProduceResponse> answer) {
        this.request = request;
        this.part = part;
        this.acks = acks;
        this.partition = partition;
        this.batches = part.batches();
        this.lasting = lasting;
        this.placing = placing;
        this.answer = answer;
    }

    void offer(Shard shard, TransactionVerifier verifier) {
        ProduceRequestData produce = (ProduceRequestData) request.body();
        RecordBatch batch = part.transactionalBatch();
        if (batch != null && batch.hasProducerId()) {
            verify(batch, produce.transactionalId(), shard, verifier);
        } else {
            partition.append(this);
        }
        if (!answered && acks != Acks.NONE) {
            int withinMs = produce.timeoutMs();
            deadline = shard.schedule(withinMs, () -> timeIsUp(withinMs));
        }
    }

    // ---- verification

    private void verify(RecordBatch batch, String transactionalId, Shard shard, TransactionVerifier verifier) {
        TransactionVerifier.Client client = TransactionVerifier.Client.speaking(
                request.version(), FIRST_VERSION_WITH_ABORTABLE, FIRST_VERSION_THAT_ADDS_PARTITIONS);
        verifier.verify(
                partition,
                shard,
                new Producer(transactionalId, batch.producerId(), batch.producerEpoch()),
                batch.baseSequence(),
                client,
                this::verified,
                error -> unverified(asTold(error, client)));
    }

    private void verified(Verification needed) {
        verification = needed;
        partition.append(this);
    }

    private void unverified(ErrorCode error) {
        placing.placed();
        answer(part.failure(error, "the partition could not be found in the transaction"));
    }

    /** Producers do not look for a coordinator when a write fails, but they try again when there are too few replicas. */
    private static ErrorCode asTold(ErrorCode error, TransactionVerifier.Client client) {
        return switch (error) {
            case COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR ->
                ErrorCode.NOT_ENOUGH_REPLICAS;
            case CONCURRENT_TRANSACTIONS ->
                client == TransactionVerifier.Client.ADDS_ITSELF ? error : ErrorCode.NOT_ENOUGH_REPLICAS;
            default -> error;
        };
    }

    // ---- the append

    @Override
    public ByteBuffer batches() {
        return batches;
    }

    @Override
    public void retain() {
        if (!lasting) {
            batches = request.retain(batches);
            lasting = true;
        }
    }

    @Override
    public AppendOrigin origin() {
        return new AppendOrigin.Client(request.version(), verification);
    }

    @Override
    public Acks acks() {
        return acks;
    }

    @Override
    public void placed() {
        placing.placed();
    }

    // ---- the answer

    @Override
    public void done(AppendResult result) {
        long logStart = partition.openLog() == null ? -1 : partition.openLog().logStartOffset();
        answer(
                switch (result) {
                    case Appended(long base, long last, long time) -> success(base, time, logStart);
                    case Duplicate(long base, long last, long time) -> success(base, time, logStart);
                    case Rejected(ErrorCode error, String message, List<RecordError> records) ->
                        part.failure(error, message).setRecordErrors(recordErrors(records));
                    case SegmentFull() -> throw new IllegalStateException("the leader rolls, it does not answer so");
                });
    }

    private void timeIsUp(int withinMs) {
        String why = "the append was not durable within " + withinMs + " ms, and may yet become so";
        answer(part.failure(ErrorCode.REQUEST_TIMED_OUT, why));
    }

    private void answer(PartitionProduceResponse response) {
        if (answered) {
            return;
        }
        answered = true;
        if (deadline != null) {
            deadline.cancel();
        }
        answer.accept(response);
    }

    private PartitionProduceResponse success(long baseOffset, long appendTimeMs, long logStartOffset) {
        return new PartitionProduceResponse()
                .setIndex(part.index())
                .setBaseOffset(baseOffset)
                .setLogAppendTimeMs(appendTimeMs)
                .setLogStartOffset(logStartOffset);
    }

    private static List<BatchIndexAndErrorMessage> recordErrors(List<RecordError> errors) {
        List<BatchIndexAndErrorMessage> converted = new ArrayList<>(errors.size());
        for (RecordError error : errors) {
            converted.add(new BatchIndexAndErrorMessage()
                    .setBatchIndex(error.batchIndex())
                    .setBatchIndexErrorMessage(error.message()));
        }
        return converted;
    }
}
