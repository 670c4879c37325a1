package io.headrace.broker.produce;

import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** One partition of a request: what is to be written there, and what came of it. Owned by the connection's shard. */
final class ProducePart {

    private final int topicIndex;
    private final TopicProduceData topic;
    private final int index;
    private ByteBuffer batches;
    private PartitionRef ref;
    private PartitionProduceResponse answer;

    /** @param topicIndex the place of the topic in the request, which may name it twice */
    ProducePart(int topicIndex, TopicProduceData topic, PartitionProduceData data) {
        this.topicIndex = topicIndex;
        this.topic = topic;
        this.index = data.index();
        this.batches = data.records() instanceof MemoryRecords records ? records.buffer() : null;
    }

    int topicIndex() {
        return topicIndex;
    }

    TopicProduceData topic() {
        return topic;
    }

    /** Of the partition in its topic. */
    int index() {
        return index;
    }

    /** Null if none were sent. */
    ByteBuffer batches() {
        return batches;
    }

    /** Null if there is no such partition, or nothing may be written to it. */
    PartitionRef ref() {
        return ref;
    }

    /** Null as long as there is none. */
    PartitionProduceResponse answer() {
        return answer;
    }

    /** The first batch, if it belongs to a transaction; else null. */
    RecordBatch transactionalBatch() {
        RecordBatch batch = new RecordBatch();
        boolean whole = batches != null && batch.wrap(batches, batches.position()) == BatchStatus.WHOLE;
        return whole && batch.isTransactional() ? batch : null;
    }

    /** Makes the batches outlive the call in which they came. */
    void retain(Request request) {
        if (batches != null) {
            batches = request.retain(batches);
        }
    }

    void goesTo(PartitionRef partition) {
        ref = partition;
    }

    void refuse(ErrorCode error, String message) {
        answer = failure(error, message);
    }

    /** @param given null if the partition has been deleted meanwhile */
    void answered(PartitionProduceResponse given) {
        answer = given != null ? given : failure(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
    }

    PartitionProduceResponse failure(ErrorCode error, String message) {
        return new PartitionProduceResponse()
                .setIndex(index)
                .setErrorCode(error.code())
                .setBaseOffset(-1)
                .setErrorMessage(message);
    }
}
