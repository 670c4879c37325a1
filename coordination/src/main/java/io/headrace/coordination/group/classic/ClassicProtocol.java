package io.headrace.coordination.group.classic;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.Groups;
import io.headrace.coordination.group.RequestContext;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;

/** The classic protocol: everything that happens to classic groups but commits. */
public final class ClassicProtocol {

    private final Groups groups;
    private final GroupSettings settings;
    private final Rebalance rebalance;
    private final JoinGroup joinGroup;
    private final SyncGroup syncGroup;
    private final ClassicHeartbeat heartbeat;
    private final LeaveGroup leaveGroup;
    private final DescribeClassicGroups describeGroups;

    public ClassicProtocol(Groups groups, GroupSettings settings) {
        this.groups = groups;
        this.settings = settings;
        rebalance = new Rebalance(settings);
        joinGroup = new JoinGroup(groups, settings, rebalance);
        syncGroup = new SyncGroup(groups, rebalance);
        heartbeat = new ClassicHeartbeat(groups);
        leaveGroup = new LeaveGroup(groups, rebalance);
        describeGroups = new DescribeClassicGroups(groups);
    }

    public void join(long ticket, RequestContext context, JoinGroupRequestData request, StepDraft draft) {
        joinGroup.handle(new Asker(ticket, context), request, draft);
    }

    public void sync(long ticket, RequestContext context, SyncGroupRequestData request, StepDraft draft) {
        syncGroup.handle(new Asker(ticket, context), request, draft);
    }

    public void heartbeat(long ticket, RequestContext context, HeartbeatRequestData request, StepDraft draft) {
        heartbeat.handle(new Asker(ticket, context), request, draft);
    }

    /** A heartbeat that waits for news is answered without. */
    public void heartbeatOverdue(String groupId, String memberId, StepDraft draft) {
        if (groups.get(groupId) instanceof ClassicGroup group && group.members().contains(memberId)) {
            Waiting.answerHeartbeat(group, group.members().get(memberId), ErrorCode.NONE, draft);
        }
    }

    public void leave(long ticket, RequestContext context, LeaveGroupRequestData request, StepDraft draft) {
        leaveGroup.handle(new Asker(ticket, context), request, draft);
    }

    public DescribeGroupsResponseData describe(DescribeGroupsRequestData request, short version) {
        return describeGroups.describe(request, version);
    }

    public void timerFired(ClassicTimer timer, StepDraft draft) {
        if (!(groups.get(timer.groupId()) instanceof ClassicGroup group)) {
            return;
        }
        switch (timer) {
            case ClassicTimer.Session(var _, String memberId) -> sessionOver(group, memberId, draft);
            case ClassicTimer.Heartbeat(String groupId, String memberId) -> heartbeatOverdue(groupId, memberId, draft);
            case ClassicTimer.InitialDelay(var _, int generation) -> {
                if (generation == group.generation() && group.isInitialRebalance()) {
                    rebalance.initialDelayOver(group, draft);
                }
            }
            case ClassicTimer.Join(var _, int generation) -> {
                if (generation == group.generation() && group.classicState() == ClassicState.PREPARING) {
                    rebalance.complete(group, draft);
                }
            }
            case ClassicTimer.Sync(var _, int generation) -> {
                if (generation == group.generation() && group.classicState() != ClassicState.PREPARING) {
                    rebalance.syncTimeOver(group, draft);
                }
            }
        }
    }

    private void sessionOver(ClassicGroup group, String memberId, StepDraft draft) {
        ClassicMember member = group.members().get(memberId);
        if (group.members().isPending(memberId)) {
            group.remove(memberId);
        } else if (member != null && !member.isHeardOf()) {
            rebalance.removeMember(group, member, draft);
        } else {
            return;
        }
        memberLost(group, member != null, draft);
    }

    /** @param memberOfGeneration and not one that never joined, whose loss asks nobody to join again */
    private void memberLost(ClassicGroup group, boolean memberOfGeneration, StepDraft draft) {
        switch (group.classicState()) {
            case EMPTY -> {}
            case COMPLETING, STABLE -> {
                if (memberOfGeneration) {
                    rebalance.prepare(group, draft);
                }
            }
            case PREPARING -> {
                if (group.members().haveAllJoined()) {
                    rebalance.complete(group, draft);
                }
            }
        }
    }

    /** @param value null of a tombstone */
    public void apply(GroupMetadataKey key, GroupMetadataValue value) {
        if (value == null) {
            groups.remove(key.group());
            return;
        }
        ClassicGroup group =
                groups.get(key.group()) instanceof ClassicGroup known ? known : new ClassicGroup(key.group());
        group.apply(value);
        groups.put(group);
    }

    /**
     * Makes a classic group of the members of a group of another type, with the assignments that they have (KIP-848's
     * downgrade). The caller has deleted the other group.
     *
     * @param rebalanceNow whether the members are to join at once
     */
    public void convert(
            String groupId, int generation, List<ClassicMember> members, boolean rebalanceNow, StepDraft draft) {
        ClassicGroup group =
                ClassicGroup.converted(groupId, generation, members, draft.env().wallMs());
        groups.put(group);
        draft.write(ClassicRecords.generation(group, group.assignments()));
        members.forEach(member -> Sessions.restart(group, member, draft));
        if (rebalanceNow) {
            rebalance.prepare(group, draft);
        }
    }

    /** Deletes a group that becomes one of another type (KIP-848's upgrade). Members that wait are told to join again. */
    public void giveUp(ClassicGroup group, StepDraft draft) {
        for (ClassicMember member : group.members().all()) {
            Waiting.refuseJoin(group, member, member.memberId(), ErrorCode.REBALANCE_IN_PROGRESS, draft);
            Waiting.refuseSync(member, ErrorCode.REBALANCE_IN_PROGRESS, draft);
            Waiting.answerHeartbeat(group, member, ErrorCode.REBALANCE_IN_PROGRESS, draft);
            Sessions.end(group, member.memberId(), draft);
        }
        rebalance.cancelTimers(group, draft);
        group.delete(draft);
    }

    /** Everybody who was a member before the crash has one session's time to be heard of. */
    public void loaded(ClassicGroup group, StepDraft draft) {
        group.members().all().forEach(member -> Sessions.restart(group, member, draft));
        if (group.members().size() > settings.maxSize()) {
            rebalance.prepare(group, draft);
        }
    }
}
