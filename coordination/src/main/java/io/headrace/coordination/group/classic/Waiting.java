package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.HeartbeatResponseData;

/** Requests of a member that wait for what others do. Each is answered once, whatever becomes of the member. */
final class Waiting {

    /**
     * More than the 3 s after which a client sends the next heartbeat, so that one is always here; less than any request
     * time-out that somebody would set.
     */
    private static final int HEARTBEAT_MS = 3_500;

    private Waiting() {}

    /** Takes the place of an earlier JoinGroup of the member, whose asker has given up. */
    static void join(Asker asker, ClassicGroup group, ClassicMember member, StepDraft draft) {
        refuseJoin(group, member, member.memberId(), ErrorCode.REBALANCE_IN_PROGRESS, draft);
        group.members().waitForJoin(member, asker);
    }

    /** Takes the place of an earlier SyncGroup of the member, whose asker has given up. */
    static void sync(Asker asker, ClassicMember member, StepDraft draft) {
        refuseSync(member, ErrorCode.REBALANCE_IN_PROGRESS, draft);
        member.waitForSync(asker);
    }

    static void refuseJoin(
            ClassicGroup group, ClassicMember member, String memberId, ErrorCode error, StepDraft draft) {
        Asker asker = group.members().takeWaitingJoin(member);
        if (asker != null) {
            JoinAnswers.refuse(asker, memberId, error, draft);
        }
    }

    /**
     * Keeps a heartbeat until there is something to tell, so that a member hears of a rebalance when it begins and not when
     * its next heartbeat is due. Not for longer than the member can wait, and takes the place of an earlier one.
     */
    static void heartbeat(Asker asker, ClassicGroup group, ClassicMember member, StepDraft draft) {
        answerHeartbeat(group, member, ErrorCode.NONE, draft);
        member.waitForNews(asker);
        draft.timer(heartbeatTimer(group, member), Math.min(HEARTBEAT_MS, member.sessionTimeoutMs() / 3));
    }

    static void answerHeartbeat(ClassicGroup group, ClassicMember member, ErrorCode error, StepDraft draft) {
        Asker asker = member.takeWaitingHeartbeat();
        if (asker != null) {
            draft.cancelTimer(heartbeatTimer(group, member));
            draft.answer(asker.ticket(), new HeartbeatResponseData().setErrorCode(error.code()));
        }
    }

    private static ClassicTimer heartbeatTimer(ClassicGroup group, ClassicMember member) {
        return new ClassicTimer.Heartbeat(group.groupId(), member.memberId());
    }

    /** Whether there was one. */
    static boolean refuseSync(ClassicMember member, ErrorCode error, StepDraft draft) {
        Asker asker = member.takeWaitingSync();
        if (asker == null) {
            return false;
        }
        SyncAnswers.refuse(asker, error, draft);
        return true;
    }
}
