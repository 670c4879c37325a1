package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.Groups;
import io.headrace.coordination.group.classic.ClassicGroup;
import io.headrace.coordination.group.classic.ClassicMember;
import io.headrace.coordination.group.classic.ClassicProtocol;
import io.headrace.wire.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;

/**
 * Makes a consumer group of a classic one when the first member of the consumer protocol joins. The others stay with what
 * they have, and go on in the classic protocol until they are restarted one by one.
 */
final class Upgrade {

    private final Groups groups;
    private final ConsumerGroupSettings.ByGroup settings;
    private final ClassicProtocol classicProtocol;
    private final MemberTimers timers;

    Upgrade(
            Groups groups,
            ConsumerGroupSettings.ByGroup settings,
            ClassicProtocol classicProtocol,
            MemberTimers timers) {
        this.groups = groups;
        this.settings = settings;
        this.classicProtocol = classicProtocol;
        this.timers = timers;
    }

    /** Why the group cannot be one of consumers with that member in it; null if it can. An empty one always can. */
    Refusal refusal(ClassicGroup group, String memberId, String instanceId) {
        if (group.isEmpty()) {
            return null;
        }
        ConsumerGroupSettings ofGroup = settings.of(group.groupId());
        if (!ofGroup.migration().allowsUpgrade()) {
            return refusal(group, "online upgrade is disabled.");
        }
        if (!EmbeddedProtocol.TYPE.equals(group.protocolType())) {
            return refusal(group, "the group does not use the consumer embedded protocol.");
        }
        if (group.memberList().size() > ofGroup.maxSize()) {
            return refusal(group, "the group size exceeds the consumer group maximum size.");
        }
        if (group.memberList().stream().anyMatch(member -> !isReadable(group, member))) {
            return refusal(group, "the embedded consumer protocol is malformed.");
        }
        if (group.memberList().stream().anyMatch(Upgrade::hasUserData)) {
            return refusal(
                    group,
                    "an unsupported custom assignor is in use. Please refer to the documentation or switch to a default"
                            + " assignor before re-attempting the upgrade.");
        }
        boolean isNew = group.memberList().stream()
                .noneMatch(member -> member.memberId().equals(memberId)
                        || instanceId != null && instanceId.equals(member.instanceId()));
        return isNew && group.memberList().size() >= ofGroup.maxSize() ? Admission.full(ofGroup.maxSize()) : null;
    }

    private static Refusal refusal(ClassicGroup group, String why) {
        return new Refusal(
                ErrorCode.GROUP_ID_NOT_FOUND,
                "Cannot upgrade classic group " + group.groupId() + " to consumer group because " + why);
    }

    private static boolean isReadable(ClassicGroup group, ClassicMember member) {
        return EmbeddedProtocol.subscription(metadata(group, member)).isPresent()
                && EmbeddedProtocol.assignment(member.assignment()).isPresent();
    }

    /** What a custom assignor has told the member would be lost. */
    private static boolean hasUserData(ClassicMember member) {
        ConsumerProtocolAssignment assignment =
                EmbeddedProtocol.assignment(member.assignment()).orElseThrow();
        return assignment.userData() != null && assignment.userData().hasRemaining();
    }

    /** For the protocol that the group has elected; before that, or where the member has dropped it, for its first. */
    private static byte[] metadata(ClassicGroup group, ClassicMember member) {
        return member.protocols().stream()
                .filter(protocol -> protocol.name().equals(group.protocolName()))
                .findFirst()
                .orElse(member.protocols().getFirst())
                .metadata();
    }

    /** Of a group that {@link #refusal} has let pass. Of one without members nothing is left. */
    void convert(ClassicGroup group, StepDraft draft) {
        List<ClassicMember> members = List.copyOf(group.memberList());
        classicProtocol.giveUp(group, draft);
        if (members.isEmpty()) {
            return;
        }
        TopicView topics = draft.env().topics();
        String groupId = group.groupId();
        int generation = group.generation();
        members.forEach(member ->
                draft.write(ConsumerGroupRecords.member(groupId, member.memberId(), metadataOf(group, member))));
        ConsumerGroup consumers = (ConsumerGroup) groups.get(groupId);
        draft.write(
                ConsumerGroupRecords.epoch(groupId, generation, MetadataHash.of(consumers.subscribedTopics(), topics)));
        Set<TopicIdPartition> given = new HashSet<>();
        for (ClassicMember member : members) {
            NavigableSet<TopicIdPartition> assigned = EmbeddedProtocol.partitions(
                    EmbeddedProtocol.assignment(member.assignment()).orElseThrow(), topics);
            assigned.removeIf(partition -> !given.add(partition));
            draft.write(ConsumerGroupRecords.target(groupId, member.memberId(), assigned));
            draft.write(ConsumerGroupRecords.current(groupId, member.memberId(), stable(assigned, generation)));
        }
        draft.write(ConsumerGroupRecords.targetEpoch(groupId, generation, 0));
        consumers.members().values().forEach(member -> timers.alive(consumers, member, draft));
    }

    private static CurrentAssignment stable(NavigableSet<TopicIdPartition> partitions, int epoch) {
        NavigableMap<TopicIdPartition, Integer> assigned = new TreeMap<>();
        partitions.forEach(partition -> assigned.put(partition, epoch));
        return new CurrentAssignment(epoch, epoch, MemberState.STABLE, assigned, CurrentAssignment.NONE);
    }

    private static MemberMetadata metadataOf(ClassicGroup group, ClassicMember member) {
        ConsumerProtocolSubscription subscription =
                EmbeddedProtocol.subscription(metadata(group, member)).orElseThrow();
        return new MemberMetadata(
                member.instanceId(),
                EmbeddedProtocol.rackId(subscription),
                member.clientId(),
                member.clientHost(),
                new TreeSet<>(subscription.topics()),
                "",
                null,
                member.rebalanceTimeoutMs(),
                ClassicSide.of(member.sessionTimeoutMs(), member.protocols()));
    }
}
