package io.headrace.coordination.group.consumer;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.Groups;
import io.headrace.coordination.group.RequestContext;
import io.headrace.coordination.group.classic.ClassicProtocol;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData;

/** The consumer protocol (KIP-848): everything that happens to consumer groups but commits. */
public final class ConsumerGroupProtocol {

    private final Groups groups;
    private final ConsumerGroupSettings.ByGroup settings;
    private final ConsumerGroupReplay replay;
    private final MemberTimers timers;
    private final MemberRemoval removal;
    private final ConsumerHeartbeat heartbeat;
    private final MixedJoin mixedJoin;
    private final MixedSync mixedSync;
    private final MixedHeartbeat mixedHeartbeat;
    private final MixedLeave mixedLeave;

    /** @param classicSettings for members of the classic protocol, and groups that become classic ones */
    public ConsumerGroupProtocol(
            Groups groups,
            ConsumerGroupSettings.ByGroup settings,
            GroupSettings classicSettings,
            ClassicProtocol classic) {
        this.groups = groups;
        this.settings = settings;
        replay = new ConsumerGroupReplay(groups);
        timers = new MemberTimers(settings);
        RegexResolution regexes = new RegexResolution(settings);
        GroupProgress progress = new GroupProgress(settings, timers);
        Downgrade downgrade = new Downgrade(settings, classicSettings.maxSize(), classic, timers);
        removal = new MemberRemoval(regexes, progress, timers, downgrade);
        Upgrade upgrade = new Upgrade(groups, settings, classic, timers);
        heartbeat = new ConsumerHeartbeat(groups, settings, replay, timers, regexes, progress, removal, upgrade);
        mixedJoin = new MixedJoin(settings, classicSettings, timers, regexes, progress, downgrade);
        mixedSync = new MixedSync(timers);
        mixedHeartbeat = new MixedHeartbeat(timers);
        mixedLeave = new MixedLeave(removal);
    }

    /** Of a member of the consumer protocol. */
    public void heartbeat(
            long ticket, RequestContext context, ConsumerGroupHeartbeatRequestData request, StepDraft draft) {
        heartbeat.handle(ticket, context, request, draft);
    }

    /** Of a member of the classic protocol, to a group with members. */
    public void join(
            long ticket, ConsumerGroup group, RequestContext context, JoinGroupRequestData request, StepDraft draft) {
        mixedJoin.handle(ticket, group, context, request, draft);
    }

    /** Of a member of the classic protocol. */
    public void sync(
            long ticket, ConsumerGroup group, RequestContext context, SyncGroupRequestData request, StepDraft draft) {
        mixedSync.handle(ticket, group, context, request, draft);
    }

    /** Of a member of the classic protocol. */
    public void heartbeat(long ticket, ConsumerGroup group, HeartbeatRequestData request, StepDraft draft) {
        mixedHeartbeat.handle(ticket, group, request, draft);
    }

    /** Of members of either protocol. */
    public void leave(
            long ticket, ConsumerGroup group, RequestContext context, LeaveGroupRequestData request, StepDraft draft) {
        mixedLeave.handle(ticket, group, context, request, draft);
    }

    public ConsumerGroupDescribeResponseData describe(ConsumerGroupDescribeRequestData request, TopicView topics) {
        return new ConsumerGroupDescribeResponseData()
                .setGroups(request.groupIds().stream()
                        .map(groupId -> describe(groupId, topics))
                        .toList());
    }

    private DescribedGroup describe(String groupId, TopicView topics) {
        if (groups.get(groupId) instanceof ConsumerGroup group) {
            return new ConsumerGroupDescription(group, topics)
                    .describe(group.preferredAssignor()
                            .orElse(settings.of(groupId).defaultAssignor())
                            .protocolName());
        }
        Refusal refusal = groupId.isEmpty()
                ? new Refusal(ErrorCode.INVALID_GROUP_ID, null)
                : Refusals.notFound(groupId, groups.get(groupId));
        return new DescribedGroup()
                .setGroupId(groupId)
                .setErrorCode(refusal.error().code())
                .setErrorMessage(refusal.message());
    }

    public void timerFired(ConsumerTimer timer, StepDraft draft) {
        if (groups.get(timer.groupId()) instanceof ConsumerGroup group) {
            ConsumerGroupMember member = group.member(timer.memberId());
            if (member != null && timers.isOver(timer, member)) {
                removal.remove(group, List.of(member), draft);
            }
        }
    }

    /** False if the record is none of a consumer group. */
    public boolean apply(CoordinatorRecord record) {
        return replay.apply(record);
    }

    /** Everybody who was a member before the crash has one session's time to be heard of. */
    public void loaded(ConsumerGroup group, StepDraft draft) {
        for (ConsumerGroupMember member : group.members().values()) {
            timers.alive(group, member, draft);
            timers.reconciled(group, member, draft);
        }
    }
}
