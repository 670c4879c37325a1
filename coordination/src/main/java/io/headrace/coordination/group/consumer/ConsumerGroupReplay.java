package io.headrace.coordination.group.consumer;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.group.Groups;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupCurrentMemberAssignmentKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupCurrentMemberAssignmentValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMetadataValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupPartitionMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupRegularExpressionKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupRegularExpressionValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMemberKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMemberValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMemberValue.TopicPartition;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMetadataValue;

/**
 * Applies the records of consumer groups. The first record of a group makes it, its last tombstone removes it; a tombstone
 * of what is not there, as a compacted log may have it, changes nothing.
 */
final class ConsumerGroupReplay {

    /** Of a group whose target is being taken apart. */
    private static final int NO_TARGET = -1;

    private final Groups groups;
    private int members;

    ConsumerGroupReplay(Groups groups) {
        this.groups = groups;
    }

    /** Of all groups together. */
    int memberCount() {
        return members;
    }

    /** False if the record is none of a consumer group. */
    boolean apply(CoordinatorRecord record) {
        switch (record.key()) {
            case ConsumerGroupMetadataKey key ->
                change(key.groupId(), record, group -> putEpoch(group, record.value()));
            case ConsumerGroupPartitionMetadataKey key ->
                change(key.groupId(), record, group -> group.putTopicsRecord(!record.isTombstone()));
            case ConsumerGroupMemberMetadataKey key ->
                change(key.groupId(), record, group -> putMember(group, key.memberId(), record.value()));
            case ConsumerGroupTargetAssignmentMetadataKey key ->
                change(key.groupId(), record, group -> putTargetEpoch(group, record.value()));
            case ConsumerGroupTargetAssignmentMemberKey key ->
                change(key.groupId(), record, group -> putTarget(group, key.memberId(), record.value()));
            case ConsumerGroupCurrentMemberAssignmentKey key ->
                change(key.groupId(), record, group -> putCurrent(group, key.memberId(), record.value()));
            case ConsumerGroupRegularExpressionKey key ->
                change(key.groupId(), record, group -> putRegex(group, key.regularExpression(), record.value()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void change(String groupId, CoordinatorRecord record, Consumer<ConsumerGroup> change) {
        ConsumerGroup group = groups.get(groupId) instanceof ConsumerGroup known ? known : null;
        if (group == null && record.isTombstone()) {
            return;
        }
        if (group == null) {
            group = new ConsumerGroup(groupId);
            groups.put(group);
        }
        int before = group.members().size();
        change.accept(group);
        members += group.members().size() - before;
    }

    private void putEpoch(ConsumerGroup group, ApiMessage value) {
        if (value == null) {
            groups.remove(group.groupId());
        } else {
            ConsumerGroupMetadataValue epoch = (ConsumerGroupMetadataValue) value;
            group.putEpoch(epoch.epoch(), epoch.metadataHash());
        }
    }

    private static void putMember(ConsumerGroup group, String memberId, ApiMessage value) {
        if (value == null) {
            group.removeMember(memberId);
        } else {
            MemberMetadata metadata = MemberMetadata.fromRecord((ConsumerGroupMemberMetadataValue) value);
            group.putMember(memberOrNew(group, memberId).with(metadata));
        }
    }

    private static void putCurrent(ConsumerGroup group, String memberId, ApiMessage value) {
        if (value != null) {
            CurrentAssignment current = CurrentAssignment.fromRecord((ConsumerGroupCurrentMemberAssignmentValue) value);
            group.putMember(memberOrNew(group, memberId).with(current));
        } else if (group.member(memberId) != null) {
            ConsumerGroupMember member = group.member(memberId);
            group.putMember(member.with(member.current().removed()));
        }
    }

    private static ConsumerGroupMember memberOrNew(ConsumerGroup group, String memberId) {
        ConsumerGroupMember known = group.member(memberId);
        return known != null ? known : ConsumerGroupMember.joining(memberId);
    }

    private static void putTargetEpoch(ConsumerGroup group, ApiMessage value) {
        if (value == null) {
            group.putTargetEpoch(NO_TARGET, 0);
        } else {
            ConsumerGroupTargetAssignmentMetadataValue target = (ConsumerGroupTargetAssignmentMetadataValue) value;
            group.putTargetEpoch(target.assignmentEpoch(), target.assignmentTimestamp());
        }
    }

    private static void putTarget(ConsumerGroup group, String memberId, ApiMessage value) {
        if (value == null) {
            group.removeTarget(memberId);
            return;
        }
        NavigableSet<TopicIdPartition> partitions = new TreeSet<>();
        for (TopicPartition topic : ((ConsumerGroupTargetAssignmentMemberValue) value).topicPartitions()) {
            topic.partitions().forEach(number -> partitions.add(new TopicIdPartition(topic.topicId(), number)));
        }
        group.putTarget(memberId, partitions);
    }

    private static void putRegex(ConsumerGroup group, String regex, ApiMessage value) {
        if (value == null) {
            group.removeRegex(regex);
        } else {
            group.putRegex(regex, ResolvedRegex.fromRecord((ConsumerGroupRegularExpressionValue) value));
        }
    }
}
