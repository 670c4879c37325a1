package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.RequestContext;
import io.headrace.coordination.group.classic.Protocol;
import io.headrace.wire.ErrorCode;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;

/**
 * JoinGroup of a member of the classic protocol to a consumer group with members. It is answered at once: the member's
 * epoch is its generation, it leads nobody, and the group assigns.
 */
final class MixedJoin {

    /** From then on a dynamic member is told its id and joins with it (KIP-394). */
    private static final short KNOWN_MEMBER_ID_VERSION = 4;

    private static final int NOT_SAID = -1;
    private static final String NO_MEMBER = "";

    private final ConsumerGroupSettings.ByGroup settings;
    private final GroupSettings classicSettings;
    private final MemberTimers timers;
    private final RegexResolution regexes;
    private final GroupProgress progress;
    private final Downgrade downgrade;

    MixedJoin(
            ConsumerGroupSettings.ByGroup settings,
            GroupSettings classicSettings,
            MemberTimers timers,
            RegexResolution regexes,
            GroupProgress progress,
            Downgrade downgrade) {
        this.settings = settings;
        this.classicSettings = classicSettings;
        this.timers = timers;
        this.regexes = regexes;
        this.progress = progress;
        this.downgrade = downgrade;
    }

    void handle(
            long ticket, ConsumerGroup group, RequestContext context, JoinGroupRequestData request, StepDraft draft) {
        draft.answer(ticket, join(group, context, request, draft));
    }

    private JoinGroupResponseData join(
            ConsumerGroup group, RequestContext context, JoinGroupRequestData request, StepDraft draft) {
        ErrorCode refusal = refusal(group, request);
        if (refusal != ErrorCode.NONE) {
            return refused(request.memberId(), refusal);
        }
        boolean unknown = request.memberId().isEmpty();
        String memberId = unknown ? newMemberId(draft) : request.memberId();
        if (unknown && request.groupInstanceId() == null && context.version() >= KNOWN_MEMBER_ID_VERSION) {
            return refused(memberId, ErrorCode.MEMBER_ID_REQUIRED);
        }
        ConsumerProtocolSubscription subscription = subscription(request);
        MemberMetadata news = said(MemberMetadata.NONE, context, request, subscription);
        if (!draft.hasRoomFor(List.of(ConsumerGroupRecords.member(group.groupId(), memberId, news)))) {
            return refused(request.memberId(), ErrorCode.UNKNOWN_SERVER_ERROR);
        }
        ConsumerGroupMember predecessor = unknown ? group.staticMember(request.groupInstanceId()) : null;
        if (predecessor != null) {
            timers.gone(group, predecessor.id(), draft);
            Succession.takeOver(group, predecessor, memberId, draft);
        }
        ConsumerGroupMember known = group.member(memberId);
        ConsumerGroupMember before = known != null ? known : ConsumerGroupMember.joining(memberId);
        boolean changed = takeUp(group, before, said(before.metadata(), context, request, subscription), draft);
        ConsumerGroupMember member = group.member(memberId);
        if (predecessor != null && !predecessor.isClassic() && downgrade.isDue(group)) {
            return joinDowngraded(group, member, subscription, changed, draft);
        }
        progress.assign(group, draft);
        progress.reconcile(group, memberId, Owned.said(subscription, draft.env().topics()), changed, draft);
        member = group.member(memberId);
        timers.alive(group, member, draft);
        timers.joined(group, member, draft);
        return joined(member);
    }

    /** Writes what the member has said; true if it subscribes to something else than before. */
    private boolean takeUp(ConsumerGroup group, ConsumerGroupMember before, MemberMetadata said, StepDraft draft) {
        draft.write(ConsumerGroupRecords.member(group.groupId(), before.id(), said));
        boolean regexDropped = before.metadata().hasRegex();
        if (regexDropped) {
            regexes.subscriptionsChanged(group, draft);
        }
        boolean changed =
                regexDropped || !said.topics().equals(before.metadata().topics());
        boolean matchesChanged = regexes.refresh(group, draft);
        progress.notice(group, changed || matchesChanged, draft);
        return changed;
    }

    /** The last member of the consumer protocol has come back in the classic one. */
    private JoinGroupResponseData joinDowngraded(
            ConsumerGroup group,
            ConsumerGroupMember member,
            ConsumerProtocolSubscription subscription,
            boolean subscriptionChanged,
            StepDraft draft) {
        if (group.assignmentEpoch() == group.epoch()) {
            progress.reconcile(
                    group, member.id(), Owned.said(subscription, draft.env().topics()), subscriptionChanged, draft);
        }
        JoinGroupResponseData response = joined(group.member(member.id()));
        downgrade.convert(group, group.groupState() != ConsumerGroupState.STABLE, draft);
        return response;
    }

    private ErrorCode refusal(ConsumerGroup group, JoinGroupRequestData request) {
        if (request.sessionTimeoutMs() < classicSettings.minSessionTimeoutMs()
                || request.sessionTimeoutMs() > classicSettings.maxSessionTimeoutMs()) {
            return ErrorCode.INVALID_SESSION_TIMEOUT;
        }
        ConsumerGroupSettings ofGroup = settings.of(group.groupId());
        if (ofGroup.migration() == MigrationPolicy.DISABLED) {
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
        }
        Refusal ofSize = Admission.ofSize(group, request.memberId(), request.groupInstanceId(), ofGroup.maxSize());
        if (ofSize != null) {
            return ofSize.error();
        }
        if (!EmbeddedProtocol.TYPE.equals(request.protocolType()) || !sharesProtocol(group, request)) {
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
        }
        if (request.groupInstanceId() != null && !request.memberId().isEmpty()) {
            Refusal ofIdentity = Admission.ofIdentity(group, request.memberId(), request.groupInstanceId());
            if (ofIdentity != null) {
                return ofIdentity.error();
            }
        }
        return EmbeddedProtocol.subscription(firstProtocol(request).metadata()).isPresent()
                ? ErrorCode.NONE
                : ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    }

    /** With all members of the classic protocol, so that they could go on among themselves. */
    private static boolean sharesProtocol(ConsumerGroup group, JoinGroupRequestData request) {
        List<List<String>> known = group.members().values().stream()
                .filter(ConsumerGroupMember::isClassic)
                .map(member -> ClassicSide.protocols(member.metadata().classic()).stream()
                        .map(Protocol::name)
                        .toList())
                .toList();
        return Protocol.of(request.protocols()).stream()
                .anyMatch(protocol -> known.stream().allMatch(names -> names.contains(protocol.name())));
    }

    private static Protocol firstProtocol(JoinGroupRequestData request) {
        return Protocol.of(request.protocols()).getFirst();
    }

    private static ConsumerProtocolSubscription subscription(JoinGroupRequestData request) {
        return EmbeddedProtocol.subscription(firstProtocol(request).metadata()).orElseThrow();
    }

    private static MemberMetadata said(
            MemberMetadata before,
            RequestContext context,
            JoinGroupRequestData request,
            ConsumerProtocolSubscription subscription) {
        String rackId = EmbeddedProtocol.rackId(subscription);
        return new MemberMetadata(
                request.groupInstanceId() != null ? request.groupInstanceId() : before.instanceId(),
                rackId != null ? rackId : before.rackId(),
                context.clientId(),
                context.clientHost(),
                new TreeSet<>(subscription.topics()),
                "",
                before.assignor(),
                request.rebalanceTimeoutMs() != NOT_SAID ? request.rebalanceTimeoutMs() : before.rebalanceTimeoutMs(),
                ClassicSide.of(request.sessionTimeoutMs(), Protocol.of(request.protocols())));
    }

    private static JoinGroupResponseData joined(ConsumerGroupMember member) {
        return new JoinGroupResponseData()
                .setMemberId(member.id())
                .setGenerationId(member.epoch())
                .setProtocolType(EmbeddedProtocol.TYPE)
                .setProtocolName(
                        ClassicSide.protocol(member.metadata().classic()).name())
                .setLeader(NO_MEMBER);
    }

    private static JoinGroupResponseData refused(String memberId, ErrorCode error) {
        return new JoinGroupResponseData().setMemberId(memberId).setErrorCode(error.code());
    }

    private static String newMemberId(StepDraft draft) {
        return new Uuid(draft.env().ids().nextLong(), draft.env().ids().nextLong()).toString();
    }
}
