package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.RequestContext;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;

/** LeaveGroup for a consumer group, of members of either protocol: what the tools send to remove them. */
final class MixedLeave {

    /** From then on the request names several members. */
    private static final short BATCH_VERSION = 3;

    private final MemberRemoval removal;

    MixedLeave(MemberRemoval removal) {
        this.removal = removal;
    }

    void handle(
            long ticket, ConsumerGroup group, RequestContext context, LeaveGroupRequestData request, StepDraft draft) {
        boolean several = context.version() >= BATCH_VERSION;
        List<MemberIdentity> identities =
                several ? request.members() : List.of(new MemberIdentity().setMemberId(request.memberId()));
        Map<String, ConsumerGroupMember> leaving = new LinkedHashMap<>();
        List<MemberResponse> answers = new ArrayList<>();
        for (MemberIdentity identity : identities) {
            ErrorCode refusal = refusal(group, identity);
            if (refusal == ErrorCode.NONE) {
                ConsumerGroupMember member = member(group, identity);
                leaving.put(member.id(), member);
            }
            answers.add(new MemberResponse()
                    .setMemberId(identity.memberId())
                    .setGroupInstanceId(identity.groupInstanceId())
                    .setErrorCode(refusal.code()));
        }
        removal.remove(group, leaving.values(), draft);
        draft.answer(
                ticket,
                several
                        ? new LeaveGroupResponseData().setMembers(answers)
                        : new LeaveGroupResponseData()
                                .setErrorCode(answers.getFirst().errorCode()));
    }

    private static ConsumerGroupMember member(ConsumerGroup group, MemberIdentity identity) {
        return identity.groupInstanceId() == null
                ? group.member(identity.memberId())
                : group.staticMember(identity.groupInstanceId());
    }

    /** An instance may be removed without its member id. */
    private static ErrorCode refusal(ConsumerGroup group, MemberIdentity identity) {
        ConsumerGroupMember member = member(group, identity);
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return identity.memberId().isEmpty() || identity.memberId().equals(member.id())
                ? ErrorCode.NONE
                : ErrorCode.FENCED_INSTANCE_ID;
    }
}
