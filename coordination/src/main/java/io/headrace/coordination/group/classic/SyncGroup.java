package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.Groups;
import io.headrace.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.message.SyncGroupRequestData;

/** SyncGroup: a member of the new generation asks for its assignment; the leader's request brings everybody's. */
final class SyncGroup {

    /** From then on the request says the protocol that the member thinks the group has (KIP-559). */
    private static final short PROTOCOL_VERSION = 5;

    private final Groups groups;
    private final Rebalance rebalance;

    SyncGroup(Groups groups, Rebalance rebalance) {
        this.groups = groups;
        this.rebalance = rebalance;
    }

    void handle(Asker asker, SyncGroupRequestData request, StepDraft draft) {
        if (request.groupId().isEmpty()) {
            SyncAnswers.refuse(asker, ErrorCode.INVALID_GROUP_ID, draft);
            return;
        }
        if (asker.version() >= PROTOCOL_VERSION && (request.protocolType() == null || request.protocolName() == null)) {
            SyncAnswers.refuse(asker, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, draft);
            return;
        }
        if (!(groups.get(request.groupId()) instanceof ClassicGroup group) || group.isEmpty()) {
            SyncAnswers.refuse(asker, ErrorCode.UNKNOWN_MEMBER_ID, draft);
            return;
        }
        ErrorCode refusal = validate(group, request);
        if (refusal != ErrorCode.NONE) {
            SyncAnswers.refuse(asker, refusal, draft);
            return;
        }
        ClassicMember member = group.members().get(request.memberId());
        switch (group.classicState()) {
            case EMPTY -> throw new IllegalStateException("a member of an empty group");
            case PREPARING -> SyncAnswers.refuse(asker, ErrorCode.REBALANCE_IN_PROGRESS, draft);
            case COMPLETING -> {
                Waiting.sync(asker, member, draft);
                rebalance.synced(group, request.memberId(), draft);
                if (group.isLeader(request.memberId())) {
                    rebalance.assign(group, assignments(request), draft);
                }
            }
            case STABLE -> {
                rebalance.synced(group, request.memberId(), draft);
                SyncAnswers.accept(asker, group, member, draft);
            }
        }
    }

    private static ErrorCode validate(ClassicGroup group, SyncGroupRequestData request) {
        ErrorCode membership = group.validateMember(request.memberId(), request.groupInstanceId());
        if (membership != ErrorCode.NONE) {
            return membership;
        }
        if (request.generationId() != group.generation()) {
            return ErrorCode.ILLEGAL_GENERATION;
        }
        return differs(request.protocolType(), group.protocolType())
                        || differs(request.protocolName(), group.protocolName())
                ? ErrorCode.INCONSISTENT_GROUP_PROTOCOL
                : ErrorCode.NONE;
    }

    /** Nothing said is no difference. */
    private static boolean differs(String asked, String actual) {
        return asked != null && actual != null && !asked.equals(actual);
    }

    private static Map<String, byte[]> assignments(SyncGroupRequestData request) {
        Map<String, byte[]> byMember = new LinkedHashMap<>();
        request.assignments().forEach(assignment -> byMember.put(assignment.memberId(), assignment.assignment()));
        return byMember;
    }
}
