package io.headrace.coordination.group.consumer;

import io.headrace.coordination.group.consumer.assignor.Assignor;
import io.headrace.wire.ErrorCode;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;

/** What a ConsumerGroupHeartbeat must be like, whatever group it is for. */
final class HeartbeatRules {

    /** Since then the client makes the member id (KIP-1082). */
    private static final short MEMBER_ID_VERSION = 1;

    private static final int NOT_SAID = -1;

    private HeartbeatRules() {}

    /** Null if there is nothing to refuse. */
    static Refusal refusal(ConsumerGroupHeartbeatRequestData request, short version, ConsumerGroupSettings settings) {
        return fault(request, version)
                .map(message -> new Refusal(ErrorCode.INVALID_REQUEST, message))
                .or(() -> assignorFault(request, settings)
                        .map(message -> new Refusal(ErrorCode.UNSUPPORTED_ASSIGNOR, message)))
                .orElse(null);
    }

    private static Optional<String> fault(ConsumerGroupHeartbeatRequestData request, short version) {
        int epoch = request.memberEpoch();
        boolean idNeeded =
                version >= MEMBER_ID_VERSION || epoch > CurrentAssignment.JOINING || epoch == CurrentAssignment.LEFT;
        if (idNeeded && isBlank(request.memberId())) {
            return Optional.of("MemberId can't be empty.");
        }
        if (isBlank(request.groupId())) {
            return Optional.of("GroupId can't be empty.");
        }
        if (isBlank(request.instanceId())) {
            return Optional.of("InstanceId can't be empty.");
        }
        if (isBlank(request.rackId())) {
            return Optional.of("RackId can't be empty.");
        }
        return switch (epoch) {
            case CurrentAssignment.JOINING -> joiningFault(request);
            case CurrentAssignment.LEFT_FOR_NOW ->
                request.instanceId() == null ? Optional.of("InstanceId can't be null.") : Optional.empty();
            default ->
                epoch < CurrentAssignment.LEFT_FOR_NOW ? Optional.of("MemberEpoch is invalid.") : Optional.empty();
        };
    }

    private static Optional<String> joiningFault(ConsumerGroupHeartbeatRequestData request) {
        if (request.rebalanceTimeoutMs() == NOT_SAID) {
            return Optional.of("RebalanceTimeoutMs must be provided in first request.");
        }
        if (request.topicPartitions() == null || !request.topicPartitions().isEmpty()) {
            return Optional.of("TopicPartitions must be empty when (re-)joining.");
        }
        if (request.subscribedTopicNames() == null && request.subscribedTopicRegex() == null) {
            return Optional.of(
                    "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.");
        }
        return Optional.empty();
    }

    private static Optional<String> assignorFault(
            ConsumerGroupHeartbeatRequestData request, ConsumerGroupSettings settings) {
        String name = request.serverAssignor();
        if (name == null
                || Assignor.named(name).filter(settings.assignors()::contains).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("ServerAssignor " + name + " is not supported. Supported assignors: "
                + settings.assignors().stream().map(Assignor::protocolName).collect(Collectors.joining(", ")) + ".");
    }

    /** Not of what is not said. */
    private static boolean isBlank(String text) {
        return text != null && text.isBlank();
    }
}
