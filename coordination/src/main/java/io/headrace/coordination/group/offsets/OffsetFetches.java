package io.headrace.coordination.group.offsets;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.Groups;
import io.headrace.coordination.group.RequestContext;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;

/** OffsetFetch: of the partitions that are asked for, or of all. A group that does not exist has no offsets. */
public final class OffsetFetches {

    private static final short TOPIC_ID_VERSION = 10;
    private static final int NONE = -1;

    private final Groups groups;
    private final OffsetStore offsets;

    public OffsetFetches(Groups groups, OffsetStore offsets) {
        this.groups = groups;
        this.offsets = offsets;
    }

    public void fetch(long ticket, RequestContext context, OffsetFetchRequestData request, StepDraft draft) {
        boolean byTopicId = context.version() >= TOPIC_ID_VERSION;
        List<OffsetFetchResponseGroup> responses = OffsetFetchVersions.groups(request, context.version()).stream()
                .map(group -> fetch(
                        group, request.requireStable(), byTopicId, draft.env().topics()))
                .toList();
        draft.answer(ticket, OffsetFetchVersions.response(responses, request, context.version()));
    }

    private OffsetFetchResponseGroup fetch(
            OffsetFetchRequestGroup request, boolean requireStable, boolean byTopicId, TopicView view) {
        OffsetFetchResponseGroup response = new OffsetFetchResponseGroup().setGroupId(request.groupId());
        Group group = groups.get(request.groupId());
        if (group != null) {
            ErrorCode refusal = group.validateFetch(request.memberId(), request.memberEpoch());
            if (refusal != ErrorCode.NONE) {
                return response.setErrorCode(refusal.code());
            }
        }
        return response.setTopics(
                request.topics() == null
                        ? all(request.groupId(), requireStable, byTopicId, view)
                        : request.topics().stream()
                                .map(topic -> fetch(request.groupId(), topic, requireStable, byTopicId, view))
                                .toList());
    }

    private OffsetFetchResponseTopics fetch(
            String groupId, OffsetFetchRequestTopics topic, boolean requireStable, boolean byTopicId, TopicView view) {
        TopicView.Topic named = byTopicId ? view.topic(topic.topicId()) : null;
        OffsetFetchResponseTopics response = new OffsetFetchResponseTopics().setTopicId(topic.topicId());
        if (byTopicId && named == null) {
            return response.setPartitions(topic.partitionIndexes().stream()
                    .map(index -> none(index, ErrorCode.UNKNOWN_TOPIC_ID))
                    .toList());
        }
        String name = byTopicId ? named.name() : topic.name();
        return response.setName(name)
                .setPartitions(topic.partitionIndexes().stream()
                        .map(index -> one(groupId, new TopicPartition(name, index), topic.topicId(), requireStable))
                        .toList());
    }

    /** By topic, in the order of the first commits. A topic without id, because it is gone, cannot be named by one. */
    private List<OffsetFetchResponseTopics> all(
            String groupId, boolean requireStable, boolean byTopicId, TopicView view) {
        Map<String, OffsetFetchResponseTopics> byName = new LinkedHashMap<>();
        for (TopicPartition partition : offsets.committed(groupId).keySet()) {
            TopicView.Topic topic = byTopicId ? view.topic(partition.topic()) : null;
            if (byTopicId && topic == null) {
                continue;
            }
            byName.computeIfAbsent(
                            partition.topic(),
                            name -> new OffsetFetchResponseTopics()
                                    .setName(name)
                                    .setTopicId(topic == null ? Uuid.ZERO_UUID : topic.id()))
                    .partitions()
                    .add(one(groupId, partition, Uuid.ZERO_UUID, requireStable));
        }
        return new ArrayList<>(byName.values());
    }

    /** @param topicId the offset of an earlier topic of that name does not count; zero for whichever */
    private OffsetFetchResponsePartitions one(
            String groupId, TopicPartition partition, Uuid topicId, boolean requireStable) {
        if (requireStable && offsets.isPending(groupId, partition)) {
            return none(partition.partition(), ErrorCode.UNSTABLE_OFFSET_COMMIT);
        }
        CommittedOffset offset = offsets.committed(groupId, partition);
        if (offset == null || differ(offset.topicId(), topicId)) {
            return none(partition.partition(), ErrorCode.NONE);
        }
        return new OffsetFetchResponsePartitions()
                .setPartitionIndex(partition.partition())
                .setCommittedOffset(offset.offset())
                .setCommittedLeaderEpoch(offset.leaderEpoch())
                .setMetadata(offset.metadata());
    }

    private static boolean differ(Uuid committed, Uuid asked) {
        return !committed.equals(Uuid.ZERO_UUID) && !asked.equals(Uuid.ZERO_UUID) && !committed.equals(asked);
    }

    private static OffsetFetchResponsePartitions none(int partition, ErrorCode error) {
        return new OffsetFetchResponsePartitions()
                .setPartitionIndex(partition)
                .setErrorCode(error.code())
                .setCommittedOffset(NONE)
                .setCommittedLeaderEpoch(NONE)
                .setMetadata("");
    }
}
