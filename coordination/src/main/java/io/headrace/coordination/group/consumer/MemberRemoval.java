package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import java.util.Collection;
import java.util.List;

/** Takes members out of a group, because they leave or because their time is over. */
final class MemberRemoval {

    private final RegexResolution regexes;
    private final GroupProgress progress;
    private final MemberTimers timers;
    private final Downgrade downgrade;

    MemberRemoval(RegexResolution regexes, GroupProgress progress, MemberTimers timers, Downgrade downgrade) {
        this.timers = timers;
        this.regexes = regexes;
        this.progress = progress;
        this.downgrade = downgrade;
    }

    /** A group that has no member of the consumer protocol left becomes a classic one, if that is allowed. */
    void remove(ConsumerGroup group, Collection<ConsumerGroupMember> leaving, StepDraft draft) {
        if (leaving.isEmpty()) {
            return;
        }
        List<String> memberIds = leaving.stream().map(ConsumerGroupMember::id).toList();
        memberIds.forEach(memberId -> timers.gone(group, memberId, draft));
        memberIds.forEach(memberId ->
                ConsumerGroupRecords.memberTombstones(group.groupId(), memberId).forEach(draft::write));
        if (downgrade.isDue(group)) {
            downgrade.convert(group, true, draft);
            return;
        }
        regexes.subscriptionsChanged(group, draft);
        progress.notice(group, true, draft);
        if (group.members().isEmpty()) {
            draft.write(ConsumerGroupRecords.targetEpoch(group.groupId(), group.epoch(), 0));
        } else {
            progress.assign(group, draft);
        }
    }
}
