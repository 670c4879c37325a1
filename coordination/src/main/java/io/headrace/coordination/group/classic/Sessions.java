package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;

/** The session timers of members. */
final class Sessions {

    /** A new member's first generation may be long in coming; until then it sends no heartbeats. */
    private static final int NEW_MEMBER_TIMEOUT_MS = 5 * 60 * 1000;

    private Sessions() {}

    static void restart(ClassicGroup group, ClassicMember member, StepDraft draft) {
        draft.timer(key(group, member.memberId()), member.sessionTimeoutMs());
    }

    static void startNew(ClassicGroup group, ClassicMember member, StepDraft draft) {
        draft.timer(key(group, member.memberId()), NEW_MEMBER_TIMEOUT_MS);
    }

    /** Of a member that has been given its id and is to join with it. */
    static void startPending(ClassicGroup group, String memberId, int sessionTimeoutMs, StepDraft draft) {
        draft.timer(key(group, memberId), sessionTimeoutMs);
    }

    static void end(ClassicGroup group, String memberId, StepDraft draft) {
        draft.cancelTimer(key(group, memberId));
    }

    private static ClassicTimer key(ClassicGroup group, String memberId) {
        return new ClassicTimer.Session(group.groupId(), memberId);
    }
}
