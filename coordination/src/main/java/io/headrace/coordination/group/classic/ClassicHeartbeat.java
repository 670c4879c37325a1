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
        ErrorCode news = news(request);
        boolean alive = news == ErrorCode.NONE || news == ErrorCode.REBALANCE_IN_PROGRESS;
        if (alive) {
            ClassicGroup group = (ClassicGroup) groups.get(request.groupId());
            ClassicMember member = group.members().get(request.memberId());
            Sessions.restart(group, member, draft);
            if (news == ErrorCode.NONE && asker.context().patient()) {
                Waiting.heartbeat(asker, group, member, draft);
                return;
            }
        }
        draft.answer(asker.ticket(), new HeartbeatResponseData().setErrorCode(news.code()));
    }

    private ErrorCode news(HeartbeatRequestData request) {
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
        return group.classicState() == ClassicState.PREPARING ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
    }
}
