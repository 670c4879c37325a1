package io.headrace.coordination.group.consumer;

import io.headrace.coordination.group.classic.Protocol;
import java.util.List;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMemberMetadataValue.ClassicProtocol;

/** What a consumer group remembers of a member's being classic. */
final class ClassicSide {

    private ClassicSide() {}

    static ClassicMemberMetadata of(int sessionTimeoutMs, List<Protocol> protocols) {
        return new ClassicMemberMetadata()
                .setSessionTimeoutMs(sessionTimeoutMs)
                .setSupportedProtocols(protocols.stream()
                        .map(protocol ->
                                new ClassicProtocol().setName(protocol.name()).setMetadata(protocol.metadata()))
                        .toList());
    }

    static List<Protocol> protocols(ClassicMemberMetadata classic) {
        return classic.supportedProtocols().stream()
                .map(protocol -> new Protocol(protocol.name(), protocol.metadata()))
                .toList();
    }

    /** The one that answers to JoinGroup name: its first. */
    static Protocol protocol(ClassicMemberMetadata classic) {
        return protocols(classic).getFirst();
    }
}
