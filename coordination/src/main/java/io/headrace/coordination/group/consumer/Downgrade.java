package io.headrace.coordination.group.consumer;

import io.headrace.coordination.StepDraft;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.classic.ClassicMember;
import io.headrace.coordination.group.classic.ClassicProtocol;
import java.util.List;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;

/** Makes a classic group of a consumer group in which nobody speaks the consumer protocol any more. */
final class Downgrade {

    private final ConsumerGroupSettings.ByGroup settings;
    private final int classicMaxSize;
    private final ClassicProtocol classicProtocol;
    private final MemberTimers timers;

    Downgrade(
            ConsumerGroupSettings.ByGroup settings,
            int classicMaxSize,
            ClassicProtocol classicProtocol,
            MemberTimers timers) {
        this.timers = timers;
        this.settings = settings;
        this.classicMaxSize = classicMaxSize;
        this.classicProtocol = classicProtocol;
    }

    boolean isDue(ConsumerGroup group) {
        return !group.members().isEmpty()
                && group.members().values().stream().allMatch(ConsumerGroupMember::isClassic)
                && group.members().size() <= classicMaxSize
                && settings.of(group.groupId()).migration().allowsDowngrade();
    }

    /**
     * The members go on with what they hold, where Apache Kafka gives them their targets, which others may not have released.
     *
     * @param rebalanceNow whether they have to join again, because that is not what they are to have
     */
    void convert(ConsumerGroup group, boolean rebalanceNow, StepDraft draft) {
        TopicView topics = draft.env().topics();
        List<ClassicMember> members = group.members().values().stream()
                .map(member -> classic(member, topics))
                .toList();
        members.forEach(member -> timers.gone(group, member.memberId(), draft));
        group.delete(draft);
        classicProtocol.convert(group.groupId(), group.epoch(), members, rebalanceNow, draft);
    }

    private static ClassicMember classic(ConsumerGroupMember member, TopicView topics) {
        MemberMetadata metadata = member.metadata();
        ClassicMemberMetadata classic = metadata.classic();
        ClassicMember converted = new ClassicMember(
                member.id(),
                metadata.instanceId(),
                metadata.clientId(),
                metadata.clientHost(),
                metadata.rebalanceTimeoutMs(),
                classic.sessionTimeoutMs(),
                ClassicSide.protocols(classic));
        converted.assign(EmbeddedProtocol.assignment(
                member.current().held(), ClassicSide.protocol(classic).metadata(), topics));
        return converted;
    }
}
