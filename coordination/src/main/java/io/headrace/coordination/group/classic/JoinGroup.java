package io.headrace.coordination.group.classic;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.GroupType;
import io.headrace.coordination.group.Groups;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.JoinGroupRequestData;

/**
 * JoinGroup: a member wants to belong to the next generation. It is answered when that begins, at once when the member's
 * joining changes nothing.
 */
final class JoinGroup {

    /** From then on a dynamic member is told its id and joins with it, so that a lost answer leaves no ghost (KIP-394). */
    private static final short KNOWN_MEMBER_ID_VERSION = 4;

    private static final short SKIP_ASSIGNMENT_VERSION = 9;

    private final Groups groups;
    private final GroupSettings settings;
    private final Rebalance rebalance;

    JoinGroup(Groups groups, GroupSettings settings, Rebalance rebalance) {
        this.groups = groups;
        this.settings = settings;
        this.rebalance = rebalance;
    }

    void handle(Asker asker, JoinGroupRequestData request, StepDraft draft) {
        ErrorCode refusal = validate(request);
        if (refusal != ErrorCode.NONE) {
            JoinAnswers.refuse(asker, request.memberId(), refusal, draft);
            return;
        }
        boolean unknown = request.memberId().isEmpty();
        ClassicGroup group = groupFor(request.groupId(), unknown, draft);
        if (group == null) {
            JoinAnswers.refuse(asker, request.memberId(), ErrorCode.UNKNOWN_MEMBER_ID, draft);
        } else if (!group.hasRoomFor(request.memberId(), settings.maxSize())) {
            group.remove(request.memberId());
            JoinAnswers.refuse(asker, JoinAnswers.NO_MEMBER, ErrorCode.GROUP_MAX_SIZE_REACHED, draft);
        } else if (!group.accepts(request.protocolType(), Protocol.of(request.protocols()))) {
            JoinAnswers.refuse(asker, request.memberId(), ErrorCode.INCONSISTENT_GROUP_PROTOCOL, draft);
        } else if (unknown) {
            joinNew(asker, group, request, draft);
        } else {
            joinKnown(asker, group, request, draft);
        }
    }

    private ErrorCode validate(JoinGroupRequestData request) {
        if (request.groupId().isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        return request.sessionTimeoutMs() < settings.minSessionTimeoutMs()
                        || request.sessionTimeoutMs() > settings.maxSessionTimeoutMs()
                ? ErrorCode.INVALID_SESSION_TIMEOUT
                : ErrorCode.NONE;
    }

    /** The group, which is made if a member without id asks; null if there is none. An empty group of another type gives way. */
    private ClassicGroup groupFor(String groupId, boolean create, StepDraft draft) {
        Group group = groups.get(groupId);
        if (group != null && group.type() != GroupType.CLASSIC) {
            group.delete(draft);
            group = null;
        }
        if (group == null) {
            if (!create) {
                return null;
            }
            draft.write(ClassicRecords.newGroup(groupId, draft.env().wallMs()));
        }
        return (ClassicGroup) groups.get(groupId);
    }

    // ---- members that do not know their id

    private void joinNew(Asker asker, ClassicGroup group, JoinGroupRequestData request, StepDraft draft) {
        String instanceId = request.groupInstanceId();
        if (instanceId == null) {
            String memberId =
                    MemberIds.next(asker.context().clientId(), draft.env().ids());
            if (asker.version() < KNOWN_MEMBER_ID_VERSION) {
                add(asker, group, memberId, request, draft);
            } else {
                group.members().addPending(memberId);
                Sessions.startPending(group, memberId, request.sessionTimeoutMs(), draft);
                JoinAnswers.refuse(asker, memberId, ErrorCode.MEMBER_ID_REQUIRED, draft);
            }
            return;
        }
        String memberId = MemberIds.next(instanceId, draft.env().ids());
        String current = group.members().idOf(instanceId);
        if (current == null) {
            add(asker, group, memberId, request, draft);
        } else {
            replace(asker, group, group.members().get(current), memberId, request, draft);
        }
    }

    private void add(Asker asker, ClassicGroup group, String memberId, JoinGroupRequestData request, StepDraft draft) {
        ClassicMember member = new ClassicMember(
                memberId,
                request.groupInstanceId(),
                asker.context().clientId(),
                asker.context().clientHost(),
                request.rebalanceTimeoutMs(),
                request.sessionTimeoutMs(),
                Protocol.of(request.protocols()));
        member.setNew(true);
        group.noteNewMember();
        group.add(member, request.protocolType());
        Waiting.join(asker, group, member, draft);
        Sessions.startNew(group, member, draft);
        rebalance.membersChanged(group, draft);
    }

    /** A static member has started again: it gets a new id, and whoever still holds the old one is fenced. */
    private void replace(
            Asker asker,
            ClassicGroup group,
            ClassicMember old,
            String memberId,
            JoinGroupRequestData request,
            StepDraft draft) {
        String formerLeaderId = group.leaderId();
        fence(group, old, draft);
        ClassicMember member = group.rename(old, memberId);
        group.members()
                .update(
                        member,
                        Protocol.of(request.protocols()),
                        request.rebalanceTimeoutMs(),
                        request.sessionTimeoutMs());
        Sessions.restart(group, member, draft);
        switch (group.classicState()) {
            case STABLE -> {
                if (keepsAssignment(group, draft)) {
                    answerUnchanged(asker, group, member, formerLeaderId, draft);
                } else {
                    Waiting.join(asker, group, member, draft);
                    rebalance.prepare(group, draft);
                }
            }
            case COMPLETING -> {
                Waiting.join(asker, group, member, draft);
                rebalance.prepare(group, draft);
            }
            case PREPARING -> {
                Waiting.join(asker, group, member, draft);
                rebalance.completeIfAllJoined(group, draft);
            }
            case EMPTY -> throw new IllegalStateException("a static member in an empty group");
        }
    }

    /** Writes the generation under the member's new id, if it can stay as it is. */
    private static boolean keepsAssignment(ClassicGroup group, StepDraft draft) {
        if (!group.members().elect().equals(group.protocolName())) {
            return false;
        }
        CoordinatorRecord record = ClassicRecords.generation(group, group.assignments());
        if (!draft.hasRoomFor(List.of(record))) {
            return false;
        }
        draft.write(record);
        return true;
    }

    private static void fence(ClassicGroup group, ClassicMember old, StepDraft draft) {
        Waiting.refuseJoin(group, old, old.memberId(), ErrorCode.FENCED_INSTANCE_ID, draft);
        Waiting.refuseSync(old, ErrorCode.FENCED_INSTANCE_ID, draft);
        Waiting.answerHeartbeat(group, old, ErrorCode.FENCED_INSTANCE_ID, draft);
        Sessions.end(group, old.memberId(), draft);
    }

    private static void answerUnchanged(
            Asker asker, ClassicGroup group, ClassicMember member, String formerLeaderId, StepDraft draft) {
        if (asker.version() >= SKIP_ASSIGNMENT_VERSION) {
            JoinAnswers.acceptUnchanged(asker, group, member, draft);
        } else {
            JoinAnswers.acceptAsFollower(asker, group, member, formerLeaderId, draft);
        }
    }

    // ---- members that know it

    private void joinKnown(Asker asker, ClassicGroup group, JoinGroupRequestData request, StepDraft draft) {
        String memberId = request.memberId();
        if (group.members().isPending(memberId) && request.groupInstanceId() == null) {
            add(asker, group, memberId, request, draft);
            return;
        }
        ErrorCode refusal = group.validateMember(memberId, request.groupInstanceId());
        if (refusal != ErrorCode.NONE) {
            JoinAnswers.refuse(asker, memberId, refusal, draft);
            return;
        }
        ClassicMember member = group.members().get(memberId);
        List<Protocol> protocols = Protocol.of(request.protocols());
        boolean unchanged = member.protocols().equals(protocols);
        switch (group.classicState()) {
            case EMPTY -> throw new IllegalStateException("a member of an empty group");
            case PREPARING -> rejoin(asker, group, member, request, draft);
            case COMPLETING -> {
                // Its answer was lost, or so it thinks.
                if (unchanged) {
                    JoinAnswers.accept(asker, group, member, draft);
                } else {
                    rejoin(asker, group, member, request, draft);
                }
            }
            case STABLE -> {
                // A leader that joins again has seen that something is to be assigned anew.
                if (unchanged && !group.isLeader(memberId)) {
                    JoinAnswers.accept(asker, group, member, draft);
                } else {
                    rejoin(asker, group, member, request, draft);
                }
            }
        }
    }

    private void rejoin(
            Asker asker, ClassicGroup group, ClassicMember member, JoinGroupRequestData request, StepDraft draft) {
        group.members()
                .update(
                        member,
                        Protocol.of(request.protocols()),
                        request.rebalanceTimeoutMs(),
                        request.sessionTimeoutMs());
        Waiting.join(asker, group, member, draft);
        rebalance.membersChanged(group, draft);
    }
}
