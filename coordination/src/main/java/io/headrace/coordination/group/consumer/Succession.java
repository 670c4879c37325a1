package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import java.util.NavigableSet;

/** A static member takes the place of the one that had its instance id before. */
final class Succession {

    private Succession() {}

    /** The new member has from the beginning what the old one had: nothing moves. */
    static void takeOver(ConsumerGroup group, ConsumerGroupMember predecessor, String memberId, StepDraft draft) {
        String groupId = group.groupId();
        NavigableSet<TopicIdPartition> target = group.target(predecessor.id());
        ConsumerGroupRecords.memberTombstones(groupId, predecessor.id()).forEach(draft::write);
        draft.write(ConsumerGroupRecords.member(groupId, memberId, predecessor.metadata()));
        draft.write(ConsumerGroupRecords.target(groupId, memberId, target));
        draft.write(ConsumerGroupRecords.current(
                groupId, memberId, predecessor.current().takenOver()));
    }
}
