package io.headrace.coordination.group.offsets;

import io.headrace.coordination.group.Committer;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;

/**
 * What OffsetCommit and TxnOffsetCommit have in common.
 *
 * @param byTopicId whether topics are named by their ids
 * @param retentionMs -1 where the broker's decides
 */
record CommitRequest(String groupId, Committer committer, boolean byTopicId, long retentionMs, List<Topic> topics) {

    private static final short OFFSET_COMMIT_TOPIC_ID_VERSION = 10;
    private static final short TXN_OFFSET_COMMIT_TOPIC_ID_VERSION = 6;

    /** @param name empty if it is named by its id */
    record Topic(String name, Uuid id, List<Partition> partitions) {}

    record Partition(int index, long offset, int leaderEpoch, String metadata) {}

    static CommitRequest of(OffsetCommitRequestData request, short version) {
        return new CommitRequest(
                request.groupId(),
                new Committer(
                        request.memberId(),
                        request.groupInstanceId(),
                        request.generationIdOrMemberEpoch(),
                        false,
                        version),
                version >= OFFSET_COMMIT_TOPIC_ID_VERSION,
                request.retentionTimeMs(),
                request.topics().stream()
                        .map(topic -> new Topic(
                                topic.name(),
                                topic.topicId(),
                                topic.partitions().stream()
                                        .map(partition -> new Partition(
                                                partition.partitionIndex(),
                                                partition.committedOffset(),
                                                partition.committedLeaderEpoch(),
                                                partition.committedMetadata()))
                                        .toList()))
                        .toList());
    }

    static CommitRequest of(TxnOffsetCommitRequestData request, short version) {
        return new CommitRequest(
                request.groupId(),
                new Committer(
                        request.memberId(),
                        request.groupInstanceId(),
                        request.generationIdOrMemberEpoch(),
                        true,
                        version),
                version >= TXN_OFFSET_COMMIT_TOPIC_ID_VERSION,
                -1,
                request.topics().stream()
                        .map(topic -> new Topic(
                                topic.name(),
                                topic.topicId(),
                                topic.partitions().stream()
                                        .map(partition -> new Partition(
                                                partition.partitionIndex(),
                                                partition.committedOffset(),
                                                partition.committedLeaderEpoch(),
                                                partition.committedMetadata()))
                                        .toList()))
                        .toList());
    }
}
