package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;

/** Heartbeat of a member of the classic protocol in a consumer group: it learns when joining again brings it on. */
final class MixedHeartbeat {

    private final MemberTimers timers;

    MixedHeartbeat(MemberTimers timers) {
        this.timers = timers;
    }

    void handle(long ticket, ConsumerGroup group, HeartbeatRequestData request, StepDraft draft) {
        draft.answer(
                ticket,
                new HeartbeatResponseData()
                        .setErrorCode(heartbeat(group, request, draft).code()));
    }

    private ErrorCode heartbeat(ConsumerGroup group, HeartbeatRequestData request, StepDraft draft) {
        ErrorCode refusal =
                MixedMembers.refusal(group, request.memberId(), request.groupInstanceId(), request.generationId());
        if (refusal != ErrorCode.NONE) {
            return refusal;
        }
        ConsumerGroupMember member = group.member(request.memberId());
        timers.alive(group, member, draft);
        if (!mustJoinAgain(group, member)) {
            return ErrorCode.NONE;
        }
        timers.toldToJoin(group, member, draft);
        return ErrorCode.REBALANCE_IN_PROGRESS;
    }

    private static boolean mustJoinAgain(ConsumerGroup group, ConsumerGroupMember member) {
        if (member.epoch() < group.assignmentEpoch()) {
            return true;
        }
        return switch (member.current().state()) {
            case STABLE, UNKNOWN -> false;
            case UNREVOKED_PARTITIONS -> true;
            case UNRELEASED_PARTITIONS -> !group.mustWait(member);
        };
    }
}
