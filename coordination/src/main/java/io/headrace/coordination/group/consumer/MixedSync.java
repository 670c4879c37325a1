package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.RequestContext;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;

/** SyncGroup of a member of the classic protocol in a consumer group: it gets what it has in its epoch. */
final class MixedSync {

    /** From then on the request says the protocol that the member thinks the group has (KIP-559). */
    private static final short PROTOCOL_VERSION = 5;

    private final MemberTimers timers;

    MixedSync(MemberTimers timers) {
        this.timers = timers;
    }

    void handle(
            long ticket, ConsumerGroup group, RequestContext context, SyncGroupRequestData request, StepDraft draft) {
        draft.answer(ticket, sync(group, context.version(), request, draft));
    }

    private SyncGroupResponseData sync(
            ConsumerGroup group, short version, SyncGroupRequestData request, StepDraft draft) {
        ErrorCode refusal = refusal(group, version, request);
        if (refusal != ErrorCode.NONE) {
            return new SyncGroupResponseData().setErrorCode(refusal.code());
        }
        ConsumerGroupMember member = group.member(request.memberId());
        if (group.assignmentEpoch() > member.epoch() && member.current().state() != MemberState.UNREVOKED_PARTITIONS) {
            timers.toldToJoin(group, member, draft);
            return new SyncGroupResponseData().setErrorCode(ErrorCode.REBALANCE_IN_PROGRESS.code());
        }
        timers.synced(group, member, draft);
        timers.alive(group, member, draft);
        return new SyncGroupResponseData()
                .setProtocolType(request.protocolType())
                .setProtocolName(request.protocolName())
                .setAssignment(EmbeddedProtocol.assignment(
                        TopicIdPartition.sorted(member.current().assigned().keySet()),
                        ClassicSide.protocol(member.metadata().classic()).metadata(),
                        draft.env().topics()));
    }

    private static ErrorCode refusal(ConsumerGroup group, short version, SyncGroupRequestData request) {
        if (version >= PROTOCOL_VERSION && (request.protocolType() == null || request.protocolName() == null)) {
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
        }
        ErrorCode ofMember =
                MixedMembers.refusal(group, request.memberId(), request.groupInstanceId(), request.generationId());
        if (ofMember != ErrorCode.NONE) {
            return ofMember;
        }
        String protocolName = ClassicSide.protocol(
                        group.member(request.memberId()).metadata().classic())
                .name();
        return differs(request.protocolType(), EmbeddedProtocol.TYPE) || differs(request.protocolName(), protocolName)
                ? ErrorCode.INCONSISTENT_GROUP_PROTOCOL
                : ErrorCode.NONE;
    }

    /** Nothing said is no difference. */
    private static boolean differs(String said, String actual) {
        return said != null && !said.equals(actual);
    }
}
