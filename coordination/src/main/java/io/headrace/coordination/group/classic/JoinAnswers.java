package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;

/** The responses to JoinGroup. */
final class JoinAnswers {

    static final String NO_MEMBER = "";

    /** Until then a protocol name that is not there is an empty one. */
    private static final short NULL_PROTOCOL_NAME_VERSION = 7;

    private JoinAnswers() {}

    static void refuse(Asker asker, String memberId, ErrorCode error, StepDraft draft) {
        answer(
                asker,
                new JoinGroupResponseData()
                        .setMemberId(memberId)
                        .setProtocolName(null)
                        .setErrorCode(error.code()),
                draft);
    }

    /** Welcomes the member to the current generation; the leader is told who else belongs to it. */
    static void accept(Asker asker, ClassicGroup group, ClassicMember member, StepDraft draft) {
        List<JoinGroupResponseMember> members = group.isLeader(member.memberId()) ? allMembers(group) : List.of();
        answer(asker, welcome(group, member, group.leaderId()).setMembers(members), draft);
    }

    /** Of a static member that is back while nothing has to be assigned anew. A leader is told so (KIP-814). */
    static void acceptUnchanged(Asker asker, ClassicGroup group, ClassicMember member, StepDraft draft) {
        boolean leads = group.isLeader(member.memberId());
        answer(
                asker,
                welcome(group, member, group.leaderId())
                        .setMembers(leads ? allMembers(group) : List.of())
                        .setSkipAssignment(leads),
                draft);
    }

    /**
     * As {@link #acceptUnchanged} for clients that cannot be told to skip the assignment: they are told of the leader that
     * was, so that none of them assigns.
     */
    static void acceptAsFollower(
            Asker asker, ClassicGroup group, ClassicMember member, String formerLeaderId, StepDraft draft) {
        answer(asker, welcome(group, member, formerLeaderId), draft);
    }

    private static JoinGroupResponseData welcome(ClassicGroup group, ClassicMember member, String leaderId) {
        return new JoinGroupResponseData()
                .setMemberId(member.memberId())
                .setGenerationId(group.generation())
                .setProtocolType(group.protocolType())
                .setProtocolName(group.protocolName())
                .setLeader(leaderId);
    }

    private static List<JoinGroupResponseMember> allMembers(ClassicGroup group) {
        return group.members().all().stream()
                .map(member -> new JoinGroupResponseMember()
                        .setMemberId(member.memberId())
                        .setGroupInstanceId(member.instanceId())
                        .setMetadata(member.metadata(group.protocolName())))
                .toList();
    }

    private static void answer(Asker asker, JoinGroupResponseData response, StepDraft draft) {
        if (response.protocolName() == null && asker.version() < NULL_PROTOCOL_NAME_VERSION) {
            response.setProtocolName("");
        }
        draft.answer(asker.ticket(), response);
    }
}
