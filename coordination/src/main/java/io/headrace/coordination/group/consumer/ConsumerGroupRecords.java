package io.headrace.coordination.group.consumer;

import io.headrace.coordination.CoordinatorRecord;
import java.util.List;
import java.util.NavigableSet;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupCurrentMemberAssignmentKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMetadataValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupPartitionMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupRegularExpressionKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMemberKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMemberValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMemberValue.TopicPartition;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMetadataValue;

/** The records of a consumer group. */
final class ConsumerGroupRecords {

    private ConsumerGroupRecords() {}

    static CoordinatorRecord epoch(String groupId, int epoch, long metadataHash) {
        return CoordinatorRecord.of(
                new ConsumerGroupMetadataKey().setGroupId(groupId),
                new ConsumerGroupMetadataValue().setEpoch(epoch).setMetadataHash(metadataHash));
    }

    static CoordinatorRecord member(String groupId, String memberId, MemberMetadata metadata) {
        return CoordinatorRecord.of(memberKey(groupId, memberId), metadata.toRecord());
    }

    static CoordinatorRecord target(String groupId, String memberId, NavigableSet<TopicIdPartition> partitions) {
        return CoordinatorRecord.of(
                targetKey(groupId, memberId),
                new ConsumerGroupTargetAssignmentMemberValue()
                        .setTopicPartitions(TopicIdPartition.byTopic(
                                partitions,
                                (topicId, numbers) ->
                                        new TopicPartition().setTopicId(topicId).setPartitions(numbers))));
    }

    /** @param timestampMs since the Unix epoch; 0 so that the next target may be made at once */
    static CoordinatorRecord targetEpoch(String groupId, int epoch, long timestampMs) {
        return CoordinatorRecord.of(
                new ConsumerGroupTargetAssignmentMetadataKey().setGroupId(groupId),
                new ConsumerGroupTargetAssignmentMetadataValue()
                        .setAssignmentEpoch(epoch)
                        .setAssignmentTimestamp(timestampMs));
    }

    static CoordinatorRecord current(String groupId, String memberId, CurrentAssignment current) {
        return CoordinatorRecord.of(currentKey(groupId, memberId), current.toRecord());
    }

    static CoordinatorRecord regex(String groupId, String regex, ResolvedRegex resolved) {
        return CoordinatorRecord.of(regexKey(groupId, regex), resolved.toRecord());
    }

    static CoordinatorRecord regexTombstone(String groupId, String regex) {
        return CoordinatorRecord.tombstone(regexKey(groupId, regex));
    }

    /** Kafka before 4.1 kept what it knew of the topics in a record; since then it only removes it. */
    static CoordinatorRecord topicsTombstone(String groupId) {
        return CoordinatorRecord.tombstone(new ConsumerGroupPartitionMetadataKey().setGroupId(groupId));
    }

    /** In the order in which the state can be taken apart. */
    static List<CoordinatorRecord> memberTombstones(String groupId, String memberId) {
        return List.of(
                CoordinatorRecord.tombstone(currentKey(groupId, memberId)),
                CoordinatorRecord.tombstone(targetKey(groupId, memberId)),
                CoordinatorRecord.tombstone(memberKey(groupId, memberId)));
    }

    static List<CoordinatorRecord> groupTombstones(String groupId) {
        return List.of(
                CoordinatorRecord.tombstone(new ConsumerGroupTargetAssignmentMetadataKey().setGroupId(groupId)),
                topicsTombstone(groupId),
                CoordinatorRecord.tombstone(new ConsumerGroupMetadataKey().setGroupId(groupId)));
    }

    private static ConsumerGroupMemberMetadataKey memberKey(String groupId, String memberId) {
        return new ConsumerGroupMemberMetadataKey().setGroupId(groupId).setMemberId(memberId);
    }

    private static ConsumerGroupTargetAssignmentMemberKey targetKey(String groupId, String memberId) {
        return new ConsumerGroupTargetAssignmentMemberKey().setGroupId(groupId).setMemberId(memberId);
    }

    private static ConsumerGroupCurrentMemberAssignmentKey currentKey(String groupId, String memberId) {
        return new ConsumerGroupCurrentMemberAssignmentKey().setGroupId(groupId).setMemberId(memberId);
    }

    private static ConsumerGroupRegularExpressionKey regexKey(String groupId, String regex) {
        return new ConsumerGroupRegularExpressionKey().setGroupId(groupId).setRegularExpression(regex);
    }
}
