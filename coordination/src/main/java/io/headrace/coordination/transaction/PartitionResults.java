package io.headrace.coordination.transaction;

import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult;

/** What became of the partitions that were to be in a transaction, in the form of AddPartitionsToTxn. */
public final class PartitionResults {

    private final AddPartitionsToTxnResult result;

    public PartitionResults(String transactionalId) {
        result = new AddPartitionsToTxnResult().setTransactionalId(transactionalId);
    }

    /** The same for each partition. */
    public static AddPartitionsToTxnResult all(
            String transactionalId, List<TopicPartition> partitions, ErrorCode error) {
        PartitionResults results = new PartitionResults(transactionalId);
        partitions.forEach(partition -> results.put(partition, error));
        return results.result();
    }

    /** The error of a result that is about one partition. */
    public static ErrorCode ofOne(AddPartitionsToTxnResult result) {
        AddPartitionsToTxnTopicResult topic = result.topicResults().iterator().next();
        return ErrorCode.forCode(topic.resultsByPartition().iterator().next().partitionErrorCode());
    }

    public void put(TopicPartition partition, ErrorCode error) {
        AddPartitionsToTxnTopicResult topic = result.topicResults().find(partition.topic());
        if (topic == null) {
            topic = new AddPartitionsToTxnTopicResult().setName(partition.topic());
            result.topicResults().add(topic);
        }
        topic.resultsByPartition()
                .add(new AddPartitionsToTxnPartitionResult()
                        .setPartitionIndex(partition.partition())
                        .setPartitionErrorCode(error.code()));
    }

    public AddPartitionsToTxnResult result() {
        return result;
    }
}
