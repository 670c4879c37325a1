package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.broker.Scatter;
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
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.replication.Acks;
import io.headrace.replication.Append;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.Timer;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponseCollection;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * Produce, versions 3 to 13: magic 2 batches, idempotence, acks 0, 1 and all, topic ids from version 13 (KIP-516), errors
 * of single records (KIP-467). The next produce of the connection is let in as soon as every partition has placed its
 * part. A transactional batch that begins a transaction in its partition is verified with the coordinator first; from
 * version 12 on it adds the partition (KIP-890).
 */
public final class ProduceApi implements Api {

    private static final String ADMIN_CLIENT_ID = "__admin_client";

    /** To check and write so much takes about as long as waking another thread and being woken by it. */
    private static final int BRIEF_APPEND_BYTES = 64 << 10;

    private static final short FIRST_VERSION_WITH_ABORTABLE = 11;
    private static final short FIRST_VERSION_THAT_ADDS_PARTITIONS = 12;

    private final Node node;
    private final TransactionVerifier verifier;

    public ProduceApi(Node node) {
        this.node = node;
        this.verifier = new TransactionVerifier(node.transactions());
    }

    @Override
    public void handle(Request request) {
        ProduceRequestData produce = (ProduceRequestData) request.body();
        MetadataImage image = node.image();
        List<Part> parts = parts(produce, image, mayWriteInternal(request));
        boolean transactional = parts.stream().anyMatch(part -> part.transactionalBatch() != null);
        boolean lasting = transactional || leavesTheShard(parts, request.shard());
        if (lasting) {
            parts.forEach(part -> part.retain(request));
        }
        Acks acks = Acks.forCode(produce.acks());
        if (acks == null) {
            refuseAll(parts, ErrorCode.INVALID_REQUIRED_ACKS, "acks is " + produce.acks() + "; it can be 0, 1 or -1");
        } else if (transactional && produce.transactionalId() == null) {
            refuseAll(parts, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, null);
        }
        append(request, acks, parts, lasting, produce.timeoutMs());
    }

    /** The frame's bytes are for this shard and this call only, unless it is retained. */
    private boolean leavesTheShard(List<Part> parts, Shard shard) {
        for (Part part : parts) {
            if (part.ref != null && node.partitions().shardOf(part.ref) != shard) {
                return true;
            }
        }
        return false;
    }

    private void append(Request request, Acks acks, List<Part> parts, boolean lasting, int withinMs) {
        List<Part> accepted = new ArrayList<>(parts.size());
        List<PartitionRef> refs = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part.answer == null) {
                accepted.add(part);
                refs.add(part.ref);
            }
        }
        Placing placing = new Placing(request, accepted.size());
        Scatter.<PartitionProduceResponse>ask(
                node.partitions(),
                request.shard(),
                refs,
                effort(accepted),
                (index, partition, answer) -> new PartAppend(
                                accepted.get(index), acks, partition, lasting, placing, answer, this::verify)
                        .offer(node.partitions().shardOf(refs.get(index)), withinMs),
                answers -> {
                    for (int i = 0; i < answers.size(); i++) {
                        PartitionProduceResponse given = answers.get(i);
                        accepted.get(i).answered(given);
                        if (given == null) {
                            placing.placed();
                        }
                    }
                    finish(request, acks, parts);
                });
    }

    private static Scatter.Effort effort(List<Part> parts) {
        long bytes = 0;
        for (Part part : parts) {
            bytes += part.batches.remaining();
        }
        return bytes <= BRIEF_APPEND_BYTES ? Scatter.Effort.BRIEF : Scatter.Effort.LONG;
    }

    /** Before a transactional batch is appended: it gets what it needs for that, or is refused. */
    private void verify(PartAppend append, Shard shard) {
        Part part = append.part;
        RecordBatch batch = part.transactionalBatch();
        ProduceRequestData produce = (ProduceRequestData) append.placing.request.body();
        TransactionVerifier.Client client = client(append.placing.request.version());
        verifier.verify(
                append.partition,
                shard,
                new Producer(produce.transactionalId(), batch.producerId(), batch.producerEpoch()),
                batch.baseSequence(),
                client,
                append::verified,
                error -> append.unverified(asTold(error, client)));
    }

    private static TransactionVerifier.Client client(short version) {
        return TransactionVerifier.Client.speaking(
                version, FIRST_VERSION_WITH_ABORTABLE, FIRST_VERSION_THAT_ADDS_PARTITIONS);
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

    private static void refuseAll(List<Part> parts, ErrorCode error, String message) {
        for (Part part : parts) {
            part.answer = failure(part.index, error, message);
        }
    }

    /** Kafka lets a client of that name through, and its tools rely on it. */
    private static boolean mayWriteInternal(Request request) {
        return ADMIN_CLIENT_ID.equals(request.clientId());
    }

    private static List<Part> parts(ProduceRequestData produce, MetadataImage image, boolean internalToo) {
        List<Part> parts = new ArrayList<>();
        int topicIndex = 0;
        for (TopicProduceData topic : produce.topicData()) {
            boolean byId = !topic.topicId().equals(Uuid.ZERO_UUID);
            TopicImage known = byId ? image.topic(topic.topicId()) : image.topic(topic.name());
            for (PartitionProduceData data : topic.partitionData()) {
                Part part = new Part(topicIndex, topic, data);
                parts.add(part);
                if (known == null) {
                    ErrorCode error = byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
                    part.answer = failure(data.index(), error, null);
                } else if (known.partition(data.index()) == null) {
                    part.answer = failure(data.index(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
                } else if (known.internal() && !internalToo) {
                    part.answer = failure(
                            data.index(),
                            ErrorCode.INVALID_TOPIC_EXCEPTION,
                            known.name() + " is the broker's own topic");
                } else if (part.batches == null) {
                    part.answer = failure(data.index(), ErrorCode.INVALID_RECORD, "there are no records");
                } else {
                    part.ref = new PartitionRef(known.id(), data.index());
                }
            }
            topicIndex++;
        }
        return parts;
    }

    private static void finish(Request request, Acks acks, List<Part> parts) {
        if (acks == Acks.NONE) {
            finishUnanswered(request, parts);
            return;
        }
        TopicProduceResponseCollection topics = new TopicProduceResponseCollection(parts.size());
        int topicIndex = -1;
        TopicProduceResponse response = null;
        for (Part part : parts) {
            if (part.topicIndex != topicIndex) {
                topicIndex = part.topicIndex;
                response = new TopicProduceResponse().setName(part.topic.name()).setTopicId(part.topic.topicId());
                topics.add(response);
            }
            response.partitionResponses().add(part.answer);
        }
        request.respond(new ProduceResponseData().setResponses(topics));
    }

    /** With acks=0 the only way to tell a producer that something went wrong is to hang up, so that it asks for metadata. */
    private static void finishUnanswered(Request request, List<Part> parts) {
        for (Part part : parts) {
            if (part.answer.errorCode() != ErrorCode.NONE.code()) {
                request.hangUp("a produce with acks=0 failed for " + part.topic.name() + "-" + part.index + ": "
                        + ErrorCode.forCode(part.answer.errorCode()));
                return;
            }
        }
        request.finishWithoutResponse();
    }

    static PartitionProduceResponse failure(int index, ErrorCode error, String message) {
        return new PartitionProduceResponse()
                .setIndex(index)
                .setErrorCode(error.code())
                .setBaseOffset(-1)
                .setErrorMessage(message);
    }

    /** One partition of the request. Owned by the connection's shard. */
    private static final class Part {
        private final int topicIndex;
        private final TopicProduceData topic;
        private final int index;
        private ByteBuffer batches;
        private PartitionRef ref;
        private PartitionProduceResponse answer;

        Part(int topicIndex, TopicProduceData topic, PartitionProduceData data) {
            this.topicIndex = topicIndex;
            this.topic = topic;
            this.index = data.index();
            this.batches = data.records() instanceof MemoryRecords records ? records.buffer() : null;
        }

        /** Null if the batch is not part of a transaction. */
        RecordBatch transactionalBatch() {
            RecordBatch batch = new RecordBatch();
            boolean whole = batches != null && batch.wrap(batches, batches.position()) == BatchStatus.WHOLE;
            return whole && batch.isTransactional() ? batch : null;
        }

        void retain(Request request) {
            if (batches != null) {
                batches = request.retain(batches);
            }
        }

        void answered(PartitionProduceResponse given) {
            answer = given != null ? given : failure(index, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
        }
    }

    /** Counts the partitions that have placed their part; run by the connection's shard. */
    private static final class Placing {
        private final Request request;
        private int outstanding;

        Placing(Request request, int parts) {
            this.request = request;
            this.outstanding = parts;
            if (parts == 0) {
                request.placed();
            }
        }

        /** From the shard of any partition. */
        void placed() {
            Shard home = request.shard();
            if (home.isCurrent()) {
                countDown();
            } else {
                home.post(this::countDown);
            }
        }

        private void countDown() {
            if (--outstanding == 0) {
                request.placed();
            }
        }
    }

    /**
     * The part on its way through the partition, on the partition's shard. Who waits too long for it to be durable is told
     * so, and the append goes on: its record may still land, and whatever the same producer sends next comes after it.
     */
    private static final class PartAppend implements Append {
        private final Part part;
        private final Acks acks;
        private final LeaderPartition partition;
        private final Placing placing;
        private final Consumer<PartitionProduceResponse> answer;
        private final BiConsumer<PartAppend, Shard> verifying;
        private ByteBuffer batches;
        private Verification verification;
        private boolean lasting;
        private Timer deadline;
        private boolean answered;

        PartAppend(
                Part part,
                Acks acks,
                LeaderPartition partition,
                boolean lasting,
                Placing placing,
                Consumer<PartitionProduceResponse> answer,
                BiConsumer<PartAppend, Shard> verifying) {
            this.verifying = verifying;
            this.part = part;
            this.acks = acks;
            this.partition = partition;
            this.batches = part.batches;
            this.lasting = lasting;
            this.placing = placing;
            this.answer = answer;
        }

        void offer(Shard shard, int withinMs) {
            RecordBatch batch = part.transactionalBatch();
            if (batch != null && batch.hasProducerId()) {
                verifying.accept(this, shard);
            } else {
                partition.append(this);
            }
            if (!answered && acks != Acks.NONE) {
                deadline = shard.schedule(withinMs, () -> timeIsUp(withinMs));
            }
        }

        private void verified(Verification needed) {
            verification = needed;
            partition.append(this);
        }

        private void unverified(ErrorCode error) {
            placing.placed();
            answer(failure(part.index, error, "the partition could not be found in the transaction"));
        }

        private void timeIsUp(int withinMs) {
            String why = "the append was not durable within " + withinMs + " ms, and may yet become so";
            answer(failure(part.index, ErrorCode.REQUEST_TIMED_OUT, why));
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

        @Override
        public ByteBuffer batches() {
            return batches;
        }

        @Override
        public void retain() {
            if (!lasting) {
                batches = placing.request.retain(batches);
                lasting = true;
            }
        }

        @Override
        public AppendOrigin origin() {
            return new AppendOrigin.Client(placing.request.version(), verification);
        }

        @Override
        public Acks acks() {
            return acks;
        }

        @Override
        public void placed() {
            placing.placed();
        }

        @Override
        public void done(AppendResult result) {
            long logStart =
                    partition.openLog() == null ? -1 : partition.openLog().logStartOffset();
            answer(
                    switch (result) {
                        case Appended(long base, long last, long time) -> success(base, time, logStart);
                        case Duplicate(long base, long last, long time) -> success(base, time, logStart);
                        case Rejected(ErrorCode error, String message, List<RecordError> records) ->
                            failure(part.index, error, message).setRecordErrors(recordErrors(records));
                        case SegmentFull() ->
                            throw new IllegalStateException("the leader rolls, it does not answer so");
                    });
        }

        private PartitionProduceResponse success(long baseOffset, long appendTimeMs, long logStartOffset) {
            return new PartitionProduceResponse()
                    .setIndex(part.index)
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
}
