package io.headrace.coordination.group.consumer;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataValue;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;

/**
 * What a member has said about itself, as its ConsumerGroupMemberMetadata record has it.
 *
 * @param instanceId of a static member (KIP-345), else null
 * @param rackId null if not said
 * @param clientHost as text, "/127.0.0.1"
 * @param topics subscribed to by name
 * @param regex of the topics subscribed to by pattern, RE2; "" if there is none
 * @param assignor the one that it prefers, null if it leaves that to the group
 * @param rebalanceTimeoutMs how long it may take to revoke
 * @param classic of a member that speaks the classic protocol, else null
 */
public record MemberMetadata(
        String instanceId,
        String rackId,
        String clientId,
        String clientHost,
        NavigableSet<String> topics,
        String regex,
        String assignor,
        int rebalanceTimeoutMs,
        ClassicMemberMetadata classic) {

    /** Of a member that has said nothing yet. */
    static final MemberMetadata NONE =
            new MemberMetadata(null, null, "", "", Collections.emptyNavigableSet(), "", null, -1, null);

    public MemberMetadata {
        topics = Collections.unmodifiableNavigableSet(topics);
    }

    boolean isClassic() {
        return classic != null;
    }

    boolean hasRegex() {
        return !regex.isEmpty();
    }

    ConsumerGroupMemberMetadataValue toRecord() {
        return new ConsumerGroupMemberMetadataValue()
                .setInstanceId(instanceId)
                .setRackId(rackId)
                .setClientId(clientId)
                .setClientHost(clientHost)
                .setSubscribedTopicNames(List.copyOf(topics))
                .setSubscribedTopicRegex(regex)
                .setServerAssignor(assignor)
                .setRebalanceTimeoutMs(rebalanceTimeoutMs)
                .setClassicMemberMetadata(classic);
    }

    static MemberMetadata fromRecord(ConsumerGroupMemberMetadataValue value) {
        return new MemberMetadata(
                value.instanceId(),
                value.rackId(),
                value.clientId(),
                value.clientHost(),
                sorted(value.subscribedTopicNames()),
                value.subscribedTopicRegex() == null ? "" : value.subscribedTopicRegex(),
                value.serverAssignor(),
                value.rebalanceTimeoutMs(),
                value.classicMemberMetadata());
    }

    static NavigableSet<String> sorted(Collection<String> names) {
        return new TreeSet<>(names);
    }
}
