package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;

/** Requests of a member that wait for what others do. Each is answered once, whatever becomes of the member. */
final class Waiting {

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
