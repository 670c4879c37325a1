package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import java.util.HashSet;
import java.util.Set;

/** The timers of the members of consumer groups. */
final class MemberTimers {

    private final ConsumerGroupSettings.ByGroup settings;
    private final Set<ConsumerTimer.Join> joins = new HashSet<>();

    MemberTimers(ConsumerGroupSettings.ByGroup settings) {
        this.settings = settings;
    }

    /** A member has been heard of. One of the classic protocol has said itself how long it may be silent. */
    void alive(ConsumerGroup group, ConsumerGroupMember member, StepDraft draft) {
        int timeoutMs = member.isClassic()
                ? member.metadata().classic().sessionTimeoutMs()
                : settings.of(group.groupId()).sessionTimeoutMs();
        draft.timer(new ConsumerTimer.Session(group.groupId(), member.id()), timeoutMs);
    }

    /** A member has its rebalance time-out to revoke what it is told to; one of the classic protocol, to join again. */
    void reconciled(ConsumerGroup group, ConsumerGroupMember member, StepDraft draft) {
        if (member.isClassic()) {
            return;
        }
        ConsumerTimer timer = new ConsumerTimer.Revocation(group.groupId(), member.id());
        if (member.current().state() == MemberState.UNREVOKED_PARTITIONS) {
            draft.timer(timer, member.metadata().rebalanceTimeoutMs());
        } else {
            draft.cancelTimer(timer);
        }
    }

    /** A member of the classic protocol has been told to join again. Telling it once more does not give it more time. */
    void toldToJoin(ConsumerGroup group, ConsumerGroupMember member, StepDraft draft) {
        ConsumerTimer.Join timer = new ConsumerTimer.Join(group.groupId(), member.id());
        if (joins.add(timer)) {
            draft.timer(timer, member.metadata().rebalanceTimeoutMs());
        }
    }

    /** It has joined, and is to ask for its assignment. */
    void joined(ConsumerGroup group, ConsumerGroupMember member, StepDraft draft) {
        endJoin(new ConsumerTimer.Join(group.groupId(), member.id()), draft);
        draft.timer(
                new ConsumerTimer.Sync(group.groupId(), member.id()),
                member.metadata().rebalanceTimeoutMs());
    }

    /** It has asked. */
    void synced(ConsumerGroup group, ConsumerGroupMember member, StepDraft draft) {
        draft.cancelTimer(new ConsumerTimer.Sync(group.groupId(), member.id()));
    }

    void gone(ConsumerGroup group, String memberId, StepDraft draft) {
        draft.cancelTimer(new ConsumerTimer.Session(group.groupId(), memberId));
        draft.cancelTimer(new ConsumerTimer.Revocation(group.groupId(), memberId));
        endJoin(new ConsumerTimer.Join(group.groupId(), memberId), draft);
        draft.cancelTimer(new ConsumerTimer.Sync(group.groupId(), memberId));
    }

    private void endJoin(ConsumerTimer.Join timer, StepDraft draft) {
        joins.remove(timer);
        draft.cancelTimer(timer);
    }

    /** Whether the member is out. */
    boolean isOver(ConsumerTimer timer, ConsumerGroupMember member) {
        return switch (timer) {
            case ConsumerTimer.Session _, ConsumerTimer.Sync _ -> true;
            case ConsumerTimer.Join join -> {
                joins.remove(join);
                yield true;
            }
            case ConsumerTimer.Revocation _ -> member.current().state() == MemberState.UNREVOKED_PARTITIONS;
        };
    }
}
