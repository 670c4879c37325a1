package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.Groups;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;

/** LeaveGroup: members, of their own will or an administrator's, are out at once (KIP-345 for several in one request). */
final class LeaveGroup {

    /** From then on the request names several members. */
    private static final short BATCH_VERSION = 3;

    private final Groups groups;
    private final Rebalance rebalance;

    LeaveGroup(Groups groups, Rebalance rebalance) {
        this.groups = groups;
        this.rebalance = rebalance;
    }

    void handle(Asker asker, LeaveGroupRequestData request, StepDraft draft) {
        if (request.groupId().isEmpty()) {
            draft.answer(asker.ticket(), new LeaveGroupResponseData().setErrorCode(ErrorCode.INVALID_GROUP_ID.code()));
            return;
        }
        List<MemberIdentity> leaving = asker.version() >= BATCH_VERSION
                ? request.members()
                : List.of(new MemberIdentity().setMemberId(request.memberId()));
        List<MemberResponse> results = new ArrayList<>();
        ClassicGroup group = groups.get(request.groupId()) instanceof ClassicGroup classic ? classic : null;
        for (MemberIdentity member : leaving) {
            ErrorCode error = group == null ? ErrorCode.UNKNOWN_MEMBER_ID : remove(group, member, draft);
            results.add(new MemberResponse()
                    .setMemberId(member.memberId())
                    .setGroupInstanceId(member.groupInstanceId())
                    .setErrorCode(error.code()));
        }
        if (results.stream().anyMatch(result -> result.errorCode() == ErrorCode.NONE.code())) {
            switch (group.classicState()) {
                case EMPTY -> {}
                case PREPARING, COMPLETING, STABLE -> rebalance.membersChanged(group, draft);
            }
        }
        draft.answer(asker.ticket(), response(asker, results));
    }

    private ErrorCode remove(ClassicGroup group, MemberIdentity leaving, StepDraft draft) {
        String memberId = leaving.memberId();
        if (memberId.isEmpty()) {
            memberId =
                    leaving.groupInstanceId() == null ? null : group.members().idOf(leaving.groupInstanceId());
            if (memberId == null) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
        } else if (group.members().isPending(memberId)) {
            group.remove(memberId);
            Sessions.end(group, memberId, draft);
            return ErrorCode.NONE;
        }
        ErrorCode refusal = group.validateMember(memberId, leaving.groupInstanceId());
        if (refusal == ErrorCode.NONE) {
            rebalance.removeMember(group, group.members().get(memberId), draft);
        }
        return refusal;
    }

    private static LeaveGroupResponseData response(Asker asker, List<MemberResponse> results) {
        return asker.version() >= BATCH_VERSION
                ? new LeaveGroupResponseData().setMembers(results)
                : new LeaveGroupResponseData().setErrorCode(results.getFirst().errorCode());
    }
}
