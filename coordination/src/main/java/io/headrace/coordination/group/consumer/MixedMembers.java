package io.headrace.coordination.group.consumer;

import io.headrace.wire.ErrorCode;

/** What the requests of members of the classic protocol in a consumer group have in common. */
final class MixedMembers {

    private MixedMembers() {}

    /** NONE if there is such a member, it speaks the classic protocol, and is in that generation. */
    static ErrorCode refusal(ConsumerGroup group, String memberId, String instanceId, int generation) {
        Refusal ofIdentity = Admission.ofIdentity(group, memberId, instanceId);
        if (ofIdentity != null) {
            return ofIdentity.error();
        }
        ConsumerGroupMember member = group.member(memberId);
        if (!member.isClassic()) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return member.epoch() == generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
    }
}
