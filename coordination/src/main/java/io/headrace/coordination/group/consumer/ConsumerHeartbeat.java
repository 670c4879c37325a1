package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.Group;
import io.headrace.coordination.group.Groups;
import io.headrace.coordination.group.RequestContext;
import io.headrace.coordination.group.classic.ClassicGroup;
import io.headrace.coordination.group.consumer.assignor.Assignor;
import io.headrace.wire.ErrorCode;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData.Assignment;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData.TopicPartitions;

/**
 * ConsumerGroupHeartbeat, versions 0 and 1: a member joins, says what it subscribes to and owns, learns what it shall own,
 * and leaves. What it does not say has not changed. Everything is refused before anything is written.
 */
final class ConsumerHeartbeat {

    private static final int NOT_SAID = -1;

    /** More than a batch holds. */
    private static final Refusal TOO_MUCH = new Refusal(ErrorCode.UNKNOWN_SERVER_ERROR, null);

    private final Groups groups;
    private final ConsumerGroupSettings.ByGroup settings;
    private final ConsumerGroupReplay replay;
    private final MemberTimers timers;
    private final RegexResolution regexes;
    private final GroupProgress progress;
    private final MemberRemoval removal;
    private final Upgrade upgrade;

    ConsumerHeartbeat(
            Groups groups,
            ConsumerGroupSettings.ByGroup settings,
            ConsumerGroupReplay replay,
            MemberTimers timers,
            RegexResolution regexes,
            GroupProgress progress,
            MemberRemoval removal,
            Upgrade upgrade) {
        this.groups = groups;
        this.settings = settings;
        this.replay = replay;
        this.timers = timers;
        this.regexes = regexes;
        this.progress = progress;
        this.removal = removal;
        this.upgrade = upgrade;
    }

    void handle(long ticket, RequestContext context, ConsumerGroupHeartbeatRequestData request, StepDraft draft) {
        draft.answer(ticket, heartbeat(context, request, draft));
    }

    private ConsumerGroupHeartbeatResponseData heartbeat(
            RequestContext context, ConsumerGroupHeartbeatRequestData request, StepDraft draft) {
        Refusal refusal = HeartbeatRules.refusal(request, context.version(), settings.of(request.groupId()));
        if (refusal != null) {
            return refused(refusal);
        }
        Group group = groups.get(request.groupId());
        return switch (request.memberEpoch()) {
            case CurrentAssignment.LEFT, CurrentAssignment.LEFT_FOR_NOW ->
                group instanceof ConsumerGroup consumers
                        ? leave(consumers, request, draft)
                        : refused(Refusals.notFound(request.groupId(), group));
            case CurrentAssignment.JOINING -> join(group, context, request, draft);
            default ->
                group instanceof ConsumerGroup consumers
                        ? beat(consumers, context, request, draft)
                        : refused(Refusals.notFound(request.groupId(), group));
        };
    }

    private ConsumerGroupHeartbeatResponseData join(
            Group group, RequestContext context, ConsumerGroupHeartbeatRequestData request, StepDraft draft) {
        Refusal refusal = joinRefusal(group, request);
        if (refusal != null) {
            return refused(refusal);
        }
        if (saysTooMuch(context, request, draft)) {
            return refused(TOO_MUCH);
        }
        if (group instanceof ClassicGroup classic) {
            upgrade.convert(classic, draft);
        }
        String memberId = request.memberId().isEmpty() ? newMemberId(draft) : request.memberId();
        ConsumerGroup consumers = groups.get(request.groupId()) instanceof ConsumerGroup known ? known : null;
        if (consumers == null) {
            return proceed(request.groupId(), ConsumerGroupMember.joining(memberId), context, request, draft);
        }
        ConsumerGroupMember predecessor = consumers.staticMember(request.instanceId());
        if (predecessor != null) {
            timers.gone(consumers, predecessor.id(), draft);
            Succession.takeOver(consumers, predecessor, memberId, draft);
        }
        ConsumerGroupMember known = consumers.member(memberId);
        return proceed(
                request.groupId(),
                known != null ? known : ConsumerGroupMember.joining(memberId),
                context,
                request,
                draft);
    }

    private Refusal joinRefusal(Group group, ConsumerGroupHeartbeatRequestData request) {
        String regex = request.subscribedTopicRegex();
        String fault = regex == null || regex.isEmpty() ? null : TopicRegex.fault(regex);
        if (fault != null) {
            return invalidRegex(regex, fault);
        }
        int maxSize = settings.of(request.groupId()).maxSize();
        return switch (group) {
            case null -> null;
            case ClassicGroup classic -> upgrade.refusal(classic, request.memberId(), request.instanceId());
            case ConsumerGroup consumers -> {
                Refusal ofSize = Admission.ofSize(consumers, request.memberId(), request.instanceId(), maxSize);
                yield ofSize != null
                        ? ofSize
                        : Admission.ofInstance(consumers, request.memberId(), request.instanceId());
            }
            default -> Refusals.notFound(request.groupId(), group);
        };
    }

    private ConsumerGroupHeartbeatResponseData beat(
            ConsumerGroup group, RequestContext context, ConsumerGroupHeartbeatRequestData request, StepDraft draft) {
        Refusal refusal = Admission.ofIdentity(group, request.memberId(), request.instanceId());
        if (refusal != null) {
            return refused(refusal);
        }
        ConsumerGroupMember member = group.member(request.memberId());
        refusal = Admission.ofEpoch(member, request.memberEpoch(), Owned.said(request));
        if (refusal != null) {
            return refused(refusal);
        }
        String regex = request.subscribedTopicRegex();
        String fault = regex == null || regex.isEmpty() ? null : TopicRegex.fault(regex);
        if (fault != null) {
            return refused(invalidRegex(regex, fault));
        }
        return saysTooMuch(context, request, draft)
                ? refused(TOO_MUCH)
                : proceed(group.groupId(), member, context, request, draft);
    }

    private static boolean saysTooMuch(
            RequestContext context, ConsumerGroupHeartbeatRequestData request, StepDraft draft) {
        MemberMetadata said = said(MemberMetadata.NONE, context, request);
        return !draft.hasRoomFor(List.of(ConsumerGroupRecords.member(request.groupId(), request.memberId(), said)));
    }

    /** From what the member says now to where that takes the group and the member. */
    private ConsumerGroupHeartbeatResponseData proceed(
            String groupId,
            ConsumerGroupMember before,
            RequestContext context,
            ConsumerGroupHeartbeatRequestData request,
            StepDraft draft) {
        MemberMetadata said = said(before.metadata(), context, request);
        Assignor assignorBefore = groups.get(groupId) instanceof ConsumerGroup known ? assignor(known) : null;
        if (!said.equals(before.metadata())) {
            draft.write(ConsumerGroupRecords.member(groupId, before.id(), said));
        }
        ConsumerGroup group = (ConsumerGroup) groups.get(groupId);
        boolean regexChanged = !said.regex().equals(before.metadata().regex());
        if (regexChanged) {
            regexes.subscriptionsChanged(group, draft);
        }
        boolean subscriptionChanged =
                regexChanged || !said.topics().equals(before.metadata().topics());
        boolean matchesChanged = regexes.refresh(group, draft);
        boolean assignorChanged = assignorBefore != null && assignorBefore != assignor(group);
        progress.notice(group, subscriptionChanged || matchesChanged || assignorChanged, draft);
        progress.assign(group, draft);
        progress.reconcile(group, before.id(), Owned.said(request), subscriptionChanged, draft);
        timers.alive(group, group.member(before.id()), draft);
        return response(group, before, request);
    }

    private Assignor assignor(ConsumerGroup group) {
        return GroupProgress.assignor(group, settings.of(group.groupId()));
    }

    private static MemberMetadata said(
            MemberMetadata before, RequestContext context, ConsumerGroupHeartbeatRequestData request) {
        return new MemberMetadata(
                orElse(request.instanceId(), before.instanceId()),
                orElse(request.rackId(), before.rackId()),
                context.clientId(),
                context.clientHost(),
                request.subscribedTopicNames() == null
                        ? before.topics()
                        : MemberMetadata.sorted(request.subscribedTopicNames()),
                orElse(request.subscribedTopicRegex(), before.regex()),
                orElse(request.serverAssignor(), before.assignor()),
                request.rebalanceTimeoutMs() == NOT_SAID ? before.rebalanceTimeoutMs() : request.rebalanceTimeoutMs(),
                null);
    }

    private static String orElse(String said, String before) {
        return said != null ? said : before;
    }

    private ConsumerGroupHeartbeatResponseData response(
            ConsumerGroup group, ConsumerGroupMember before, ConsumerGroupHeartbeatRequestData request) {
        CurrentAssignment current = group.member(before.id()).current();
        ConsumerGroupHeartbeatResponseData response = new ConsumerGroupHeartbeatResponseData()
                .setMemberId(before.id())
                .setMemberEpoch(current.epoch())
                .setHeartbeatIntervalMs(
                        HeartbeatPace.intervalMs(settings.of(group.groupId()), replay.memberCount(), current.state()));
        if (request.memberEpoch() == CurrentAssignment.JOINING
                || saysEverything(request)
                || !current.assigned().equals(before.current().assigned())) {
            response.setAssignment(assignment(current.assigned()));
        }
        return response;
    }

    /** A client that says everything may have lost what it was told. */
    private static boolean saysEverything(ConsumerGroupHeartbeatRequestData request) {
        return request.rebalanceTimeoutMs() != NOT_SAID
                && (request.subscribedTopicNames() != null || request.subscribedTopicRegex() != null)
                && request.topicPartitions() != null;
    }

    private static Assignment assignment(NavigableMap<TopicIdPartition, Integer> partitions) {
        return new Assignment()
                .setTopicPartitions(TopicIdPartition.byTopic(
                        new TreeSet<>(partitions.keySet()),
                        (topicId, numbers) ->
                                new TopicPartitions().setTopicId(topicId).setPartitions(numbers)));
    }

    private ConsumerGroupHeartbeatResponseData leave(
            ConsumerGroup group, ConsumerGroupHeartbeatRequestData request, StepDraft draft) {
        Refusal refusal = Admission.ofIdentity(group, request.memberId(), request.instanceId());
        if (refusal != null) {
            return refused(refusal);
        }
        ConsumerGroupMember member = group.member(request.memberId());
        if (request.memberEpoch() == CurrentAssignment.LEFT_FOR_NOW) {
            draft.write(ConsumerGroupRecords.current(
                    group.groupId(), member.id(), member.current().leftForNow()));
        } else {
            removal.remove(group, List.of(member), draft);
        }
        return new ConsumerGroupHeartbeatResponseData()
                .setMemberId(request.memberId())
                .setMemberEpoch(request.memberEpoch());
    }

    private static Refusal invalidRegex(String regex, String fault) {
        return new Refusal(
                ErrorCode.INVALID_REGULAR_EXPRESSION,
                "SubscribedTopicRegex `" + regex + "` is not a valid regular expression: " + fault + ".");
    }

    private static ConsumerGroupHeartbeatResponseData refused(Refusal refusal) {
        return new ConsumerGroupHeartbeatResponseData()
                .setErrorCode(refusal.error().code())
                .setErrorMessage(refusal.message());
    }

    private static String newMemberId(StepDraft draft) {
        return new Uuid(draft.env().ids().nextLong(), draft.env().ids().nextLong()).toString();
    }
}
