package io.headrace.coordination.group.offsets;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.Groups;
import io.headrace.coordination.group.OffsetExpiry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Removes offsets that nobody has needed for long, groups of which nothing is left, and the offsets of deleted topics. Does
 * so in steps that fit into a batch.
 */
public final class OffsetUpkeep {

    /** The timers. */
    public enum Chore {
        EXPIRY,
        DELETED_TOPICS
    }

    private final Groups groups;
    private final OffsetStore offsets;
    private final GroupSettings settings;

    /** Whose offsets are still to be removed, by id. */
    private final Map<Uuid, String> deletedTopics = new LinkedHashMap<>();

    public OffsetUpkeep(Groups groups, OffsetStore offsets, GroupSettings settings) {
        this.groups = groups;
        this.offsets = offsets;
        this.settings = settings;
    }

    public void loaded(StepDraft draft) {
        draft.timer(Chore.EXPIRY, settings.offsetsRetentionCheckIntervalMs());
    }

    public void timerFired(Chore chore, StepDraft draft) {
        switch (chore) {
            case EXPIRY -> expire(draft);
            case DELETED_TOPICS -> removeDeletedTopics(draft);
        }
    }

    public void topicsDeleted(List<TopicView.Topic> topics, StepDraft draft) {
        topics.forEach(topic -> deletedTopics.put(topic.id(), topic.name()));
        removeDeletedTopics(draft);
    }

    // ---- expiry

    private void expire(StepDraft draft) {
        for (Group group : List.copyOf(groups.all())) {
            if (draft.hasEnough()) {
                break;
            }
            expire(group, draft);
            if (group.isEmpty() && offsets.partitions(group.groupId()).isEmpty()) {
                group.delete(draft);
            }
        }
        draft.timer(Chore.EXPIRY, draft.hasEnough() ? 0 : settings.offsetsRetentionCheckIntervalMs());
    }

    private void expire(Group group, StepDraft draft) {
        OffsetExpiry expiry = group.offsetExpiry();
        long nowMs = draft.env().wallMs();
        for (Map.Entry<TopicPartition, CommittedOffset> entry :
                List.copyOf(offsets.committed(group.groupId()).entrySet())) {
            TopicPartition partition = entry.getKey();
            if (!draft.hasEnough()
                    && isExpired(entry.getValue(), expiry, nowMs)
                    && !group.isSubscribedTo(partition.topic())
                    && !offsets.isPending(group.groupId(), partition)) {
                draft.write(CommittedOffset.tombstone(group.groupId(), partition));
            }
        }
    }

    private boolean isExpired(CommittedOffset offset, OffsetExpiry expiry, long nowMs) {
        return switch (expiry) {
            case OffsetExpiry.Never() -> false;
            case OffsetExpiry.SinceCommit() -> isExpired(offset, offset.commitMs(), nowMs);
            case OffsetExpiry.Since(long sinceMs) -> isExpired(offset, sinceMs, nowMs);
        };
    }

    private boolean isExpired(CommittedOffset offset, long sinceMs, long nowMs) {
        return offset.expireMs() == -1 ? nowMs - sinceMs >= settings.offsetsRetentionMs() : nowMs >= offset.expireMs();
    }

    // ---- deleted topics

    private void removeDeletedTopics(StepDraft draft) {
        for (String groupId : offsets.groupIds()) {
            for (TopicPartition partition : offsets.partitions(groupId)) {
                if (draft.hasEnough()) {
                    draft.timer(Chore.DELETED_TOPICS, 0);
                    return;
                }
                if (isOfDeletedTopic(groupId, partition)) {
                    draft.write(CommittedOffset.tombstone(groupId, partition));
                }
            }
        }
        deletedTopics.clear();
    }

    /** An offset of a topic that has been created anew under the same name stays. */
    private boolean isOfDeletedTopic(String groupId, TopicPartition partition) {
        CommittedOffset committed = offsets.committed(groupId, partition);
        return committed != null && isOfDeletedTopic(partition.topic(), committed)
                || offsets.pending(groupId, partition).stream()
                        .anyMatch(pending -> isOfDeletedTopic(partition.topic(), pending));
    }

    private boolean isOfDeletedTopic(String topic, CommittedOffset offset) {
        return offset.topicId().equals(Uuid.ZERO_UUID)
                ? deletedTopics.containsValue(topic)
                : topic.equals(deletedTopics.get(offset.topicId()));
    }
}
