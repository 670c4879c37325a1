package io.headrace.coordination.group.classic;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.wire.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * How a group gets from one generation to the next: everybody is asked to join, those who do make up the generation, the
 * leader assigns, the others ask for what they were assigned.
 */
final class Rebalance {

    private final GroupSettings settings;

    Rebalance(GroupSettings settings) {
        this.settings = settings;
    }

    /** A member has come, gone or changed its protocols. */
    void membersChanged(ClassicGroup group, StepDraft draft) {
        switch (group.classicState()) {
            case EMPTY, COMPLETING, STABLE -> prepare(group, draft);
            case PREPARING -> completeIfAllJoined(group, draft);
        }
    }

    /** Begins one. Members that wait for their assignment or for news are told to join again, the others with their next heartbeat. */
    void prepare(ClassicGroup group, StepDraft draft) {
        boolean initial = group.classicState() == ClassicState.EMPTY;
        if (group.classicState() == ClassicState.COMPLETING) {
            sendBack(group, ErrorCode.REBALANCE_IN_PROGRESS, draft);
        }
        draft.cancelTimer(syncTimer(group));
        for (ClassicMember member : group.members().all()) {
            Waiting.answerHeartbeat(group, member, ErrorCode.REBALANCE_IN_PROGRESS, draft);
        }
        group.prepare(draft.env().wallMs());
        if (initial) {
            waitForFirst(group, draft);
        } else if (group.members().haveAllJoined()) {
            complete(group, draft);
        } else {
            draft.timer(joinTimer(group), group.members().longestRebalanceTimeoutMs());
        }
    }

    private void waitForFirst(ClassicGroup group, StepDraft draft) {
        if (settings.initialRebalanceDelayMs() == 0) {
            complete(group, draft);
            return;
        }
        InitialDelay delay = InitialDelay.first(
                settings.initialRebalanceDelayMs(), group.members().longestRebalanceTimeoutMs());
        group.setInitialDelay(delay);
        draft.timer(initialTimer(group), delay.delayMs());
    }

    void initialDelayOver(ClassicGroup group, StepDraft draft) {
        InitialDelay delay = group.initialDelay();
        if (delay.isOver()) {
            complete(group, draft);
            return;
        }
        InitialDelay next = delay.next(settings.initialRebalanceDelayMs());
        group.setInitialDelay(next);
        draft.timer(initialTimer(group), next.delayMs());
    }

    private static void sendBack(ClassicGroup group, ErrorCode error, StepDraft draft) {
        for (ClassicMember member : group.members().all()) {
            member.assign(ClassicMember.NO_ASSIGNMENT);
            if (Waiting.refuseSync(member, error, draft)) {
                Sessions.restart(group, member, draft);
            }
        }
    }

    /** Someone is no longer waited for. The first members of an empty group wait out their delay all the same. */
    void completeIfAllJoined(ClassicGroup group, StepDraft draft) {
        if (group.classicState() == ClassicState.PREPARING
                && !group.isInitialRebalance()
                && group.members().haveAllJoined()) {
            complete(group, draft);
        }
    }

    /** The next generation consists of those who have joined, and of static members, whose session is still running. */
    void complete(ClassicGroup group, StepDraft draft) {
        draft.cancelTimer(joinTimer(group));
        draft.cancelTimer(initialTimer(group));
        List<ClassicMember> lost = group.members().notJoined().stream()
                .filter(member -> !member.isStatic())
                .toList();
        for (ClassicMember member : lost) {
            group.remove(member.memberId());
            Sessions.end(group, member.memberId(), draft);
        }
        if (!group.members().isEmpty() && !group.electLeader()) {
            draft.timer(joinTimer(group), group.members().longestRebalanceTimeoutMs());
            return;
        }
        group.beginGeneration(draft.env().wallMs());
        if (group.members().isEmpty()) {
            draft.write(ClassicRecords.generation(group, Collections.emptyMap()));
            return;
        }
        for (ClassicMember member : group.members().all()) {
            Asker asker = group.members().takeWaitingJoin(member);
            if (asker != null) {
                JoinAnswers.accept(asker, group, member, draft);
            }
            Sessions.restart(group, member, draft);
            member.setNew(false);
        }
        draft.timer(syncTimer(group), group.members().longestRebalanceTimeoutMs());
    }

    /**
     * The leader has assigned: that makes the generation durable, and everybody who waits for it is told. An assignment that
     * no batch can hold is an error to all of them, and they join again.
     */
    void assign(ClassicGroup group, Map<String, byte[]> assignments, StepDraft draft) {
        CoordinatorRecord record = ClassicRecords.generation(group, assignments);
        if (!draft.hasRoomFor(List.of(record))) {
            sendBack(group, ErrorCode.UNKNOWN_SERVER_ERROR, draft);
            prepare(group, draft);
            return;
        }
        draft.write(record);
        for (ClassicMember member : group.members().all()) {
            Asker asker = member.takeWaitingSync();
            if (asker != null) {
                SyncAnswers.accept(asker, group, member, draft);
                Sessions.restart(group, member, draft);
            }
        }
    }

    void synced(ClassicGroup group, String memberId, StepDraft draft) {
        group.missingSyncs().remove(memberId);
        if (group.missingSyncs().isEmpty()) {
            draft.cancelTimer(syncTimer(group));
        }
    }

    /** Who has joined but never asked for its assignment is out, and its partitions go to the others. */
    void syncTimeOver(ClassicGroup group, StepDraft draft) {
        if (group.missingSyncs().isEmpty()) {
            return;
        }
        for (String memberId : List.copyOf(group.missingSyncs())) {
            removeMember(group, group.members().get(memberId), draft);
        }
        prepare(group, draft);
    }

    /** Takes a member out. What it waits for is answered, as the session that asked it is over. */
    void removeMember(ClassicGroup group, ClassicMember member, StepDraft draft) {
        Waiting.refuseJoin(group, member, JoinAnswers.NO_MEMBER, ErrorCode.UNKNOWN_MEMBER_ID, draft);
        Waiting.refuseSync(member, ErrorCode.UNKNOWN_MEMBER_ID, draft);
        Waiting.answerHeartbeat(group, member, ErrorCode.UNKNOWN_MEMBER_ID, draft);
        Sessions.end(group, member.memberId(), draft);
        group.remove(member.memberId());
    }

    void cancelTimers(ClassicGroup group, StepDraft draft) {
        draft.cancelTimer(joinTimer(group));
        draft.cancelTimer(initialTimer(group));
        draft.cancelTimer(syncTimer(group));
    }

    private static ClassicTimer joinTimer(ClassicGroup group) {
        return new ClassicTimer.Join(group.groupId(), group.generation());
    }

    private static ClassicTimer initialTimer(ClassicGroup group) {
        return new ClassicTimer.InitialDelay(group.groupId(), group.generation());
    }

    private static ClassicTimer syncTimer(ClassicGroup group) {
        return new ClassicTimer.Sync(group.groupId(), group.generation());
    }
}
