package io.headrace.coordination.group.consumer;

import io.headrace.coordination.TopicView;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Assignment;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Member;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.TopicPartitions;

/** A consumer group, as ConsumerGroupDescribe shows it. Topics that are gone are not shown. */
final class ConsumerGroupDescription {

    private static final byte CLASSIC_MEMBER = 0;
    private static final byte CONSUMER_MEMBER = 1;

    private final ConsumerGroup group;
    private final TopicView topics;

    ConsumerGroupDescription(ConsumerGroup group, TopicView topics) {
        this.group = group;
        this.topics = topics;
    }

    DescribedGroup describe(String assignorName) {
        return new DescribedGroup()
                .setGroupId(group.groupId())
                .setGroupState(group.state())
                .setGroupEpoch(group.epoch())
                .setAssignmentEpoch(group.assignmentEpoch())
                .setAssignorName(assignorName)
                .setMembers(group.members().values().stream().map(this::member).toList());
    }

    private Member member(ConsumerGroupMember member) {
        MemberMetadata metadata = member.metadata();
        return new Member()
                .setMemberId(member.id())
                .setMemberEpoch(member.epoch())
                .setInstanceId(metadata.instanceId())
                .setRackId(metadata.rackId())
                .setClientId(metadata.clientId())
                .setClientHost(metadata.clientHost())
                .setSubscribedTopicNames(List.copyOf(metadata.topics()))
                .setSubscribedTopicRegex(metadata.regex())
                .setAssignment(assignment(member.current().held()))
                .setTargetAssignment(assignment(group.target(member.id())))
                .setMemberType(metadata.isClassic() ? CLASSIC_MEMBER : CONSUMER_MEMBER);
    }

    private Assignment assignment(NavigableSet<TopicIdPartition> partitions) {
        NavigableSet<TopicIdPartition> known = new TreeSet<>(partitions);
        known.removeIf(partition -> topics.topic(partition.topicId()) == null);
        return new Assignment()
                .setTopicPartitions(TopicIdPartition.byTopic(
                        known,
                        (topicId, numbers) -> new TopicPartitions()
                                .setTopicId(topicId)
                                .setTopicName(topics.topic(topicId).name())
                                .setPartitions(numbers)));
    }
}
