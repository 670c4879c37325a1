package io.headrace.coordination.group.offsets;

import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData.TxnOffsetCommitResponsePartition;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData.TxnOffsetCommitResponseTopic;

/** What became of each partition of a commit, in the order of the request. */
record CommitResult(List<Topic> topics) {

    record Topic(String name, Uuid id, List<Partition> partitions) {}

    record Partition(int index, ErrorCode error) {}

    OffsetCommitResponseData toOffsetCommit() {
        return new OffsetCommitResponseData()
                .setTopics(topics.stream()
                        .map(topic -> new OffsetCommitResponseTopic()
                                .setName(topic.name())
                                .setTopicId(topic.id())
                                .setPartitions(topic.partitions().stream()
                                        .map(partition -> new OffsetCommitResponsePartition()
                                                .setPartitionIndex(partition.index())
                                                .setErrorCode(partition.error().code()))
                                        .toList()))
                        .toList());
    }

    TxnOffsetCommitResponseData toTxnOffsetCommit() {
        return new TxnOffsetCommitResponseData()
                .setTopics(topics.stream()
                        .map(topic -> new TxnOffsetCommitResponseTopic()
                                .setName(topic.name())
                                .setTopicId(topic.id())
                                .setPartitions(topic.partitions().stream()
                                        .map(partition -> new TxnOffsetCommitResponsePartition()
                                                .setPartitionIndex(partition.index())
                                                .setErrorCode(partition.error().code()))
                                        .toList()))
                        .toList());
    }
}
