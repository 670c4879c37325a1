package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.Groups;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;

/** Heartbeat: a member is alive, and learns whether it has to join again. */
final class ClassicHeartbeat {

    private final Groups groups;

    ClassicHeartbeat(Groups groups) {
        this.groups = groups;
    }

    void handle(Asker asker, HeartbeatRequestData request, StepDraft draft) {
        draft.answer(
                asker.ticket(),
                new HeartbeatResponseData()
                        .setErrorCode(heartbeat(request, draft).code()));
    }

    private ErrorCode heartbeat(HeartbeatRequestData request, StepDraft draft) {
        if (request.groupId().isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        if (!(groups.get(request.groupId()) instanceof ClassicGroup group)) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        ErrorCode refusal = group.validateMember(request.memberId(), request.groupInstanceId());
        if (refusal != ErrorCode.NONE) {
            return refusal;
        }
        if (request.generationId() != group.generation()) {
            return ErrorCode.ILLEGAL_GENERATION;
        }
        Sessions.restart(group, group.members().get(request.memberId()), draft);
        return group.classicState() == ClassicState.PREPARING ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
    }
}
