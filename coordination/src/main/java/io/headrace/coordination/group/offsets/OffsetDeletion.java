package io.headrace.coordination.group.offsets;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.Groups;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponsePartition;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponsePartitionCollection;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponseTopic;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponseTopicCollection;

/** OffsetDelete (KIP-496): offsets of topics that the group is not subscribed to. */
public final class OffsetDeletion {

    private final Groups groups;
    private final OffsetStore offsets;

    public OffsetDeletion(Groups groups, OffsetStore offsets) {
        this.groups = groups;
        this.offsets = offsets;
    }

    public void delete(long ticket, OffsetDeleteRequestData request, StepDraft draft) {
        ErrorCode refusal = validate(request);
        if (refusal != ErrorCode.NONE) {
            draft.answer(ticket, new OffsetDeleteResponseData().setErrorCode(refusal.code()));
            return;
        }
        Group group = groups.get(request.groupId());
        OffsetDeleteResponseTopicCollection results = new OffsetDeleteResponseTopicCollection();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            TopicView.Topic found = draft.env().topics().topic(topic.name());
            OffsetDeleteResponsePartitionCollection partitions = new OffsetDeleteResponsePartitionCollection();
            topic.partitions()
                    .forEach(partition -> partitions.add(new OffsetDeleteResponsePartition()
                            .setPartitionIndex(partition.partitionIndex())
                            .setErrorCode(delete(group, topic.name(), found, partition.partitionIndex(), draft)
                                    .code())));
            results.add(new OffsetDeleteResponseTopic().setName(topic.name()).setPartitions(partitions));
        }
        draft.answer(ticket, new OffsetDeleteResponseData().setTopics(results));
    }

    /** The offsets of a group that is to be deleted: true if all of them are gone, false if the rest needs another step. */
    public boolean deleteAll(String groupId, StepDraft draft) {
        for (TopicPartition partition : offsets.partitions(groupId)) {
            if (draft.hasEnough()) {
                return false;
            }
            draft.write(CommittedOffset.tombstone(groupId, partition));
        }
        return true;
    }

    private ErrorCode validate(OffsetDeleteRequestData request) {
        if (request.groupId().isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        Group group = groups.get(request.groupId());
        return group == null ? ErrorCode.GROUP_ID_NOT_FOUND : group.validateOffsetDeletion();
    }

    private ErrorCode delete(Group group, String topic, TopicView.Topic found, int index, StepDraft draft) {
        if (found == null || index < 0 || index >= found.partitionCount()) {
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        }
        if (group.isSubscribedTo(topic)) {
            return ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC;
        }
        TopicPartition partition = new TopicPartition(topic, index);
        if (offsets.committed(group.groupId(), partition) != null || offsets.isPending(group.groupId(), partition)) {
            draft.write(CommittedOffset.tombstone(group.groupId(), partition));
        }
        return ErrorCode.NONE;
    }
}
