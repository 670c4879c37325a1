package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;

/**
 * Decides on one AlterPartitionReassignments request (KIP-455, KIP-860). A partition can be assigned to the brokers where
 * it lies, which is done as soon as it is asked for; replicas are not moved.
 */
final class Reassignment {

    private final AlterPartitionReassignmentsRequestData request;
    private final MetadataImage image;
    private final Placement placement;

    Reassignment(AlterPartitionReassignmentsRequestData request, MetadataImage image, ControllerEnv env) {
        this.request = request;
        this.image = image;
        this.placement = new Placement(image, env);
    }

    Decision<AlterPartitionReassignmentsResponseData> decide() {
        AlterPartitionReassignmentsResponseData response = new AlterPartitionReassignmentsResponseData();
        if (request.topics().isEmpty()) {
            return Decision.of(response);
        }
        response.setErrorMessage(null).setAllowReplicationFactorChange(request.allowReplicationFactorChange());
        for (ReassignableTopic topic : request.topics()) {
            ReassignableTopicResponse result = new ReassignableTopicResponse().setName(topic.name());
            for (ReassignablePartition partition : topic.partitions()) {
                result.partitions().add(result(partition.partitionIndex(), refusal(topic.name(), partition)));
            }
            response.responses().add(result);
        }
        return Decision.of(response);
    }

    private Refusal refusal(String topicName, ReassignablePartition asked) {
        TopicImage topic = image.topic(topicName);
        PartitionImage partition = topic == null ? null : topic.partition(asked.partitionIndex());
        if (partition == null) {
            return new Refusal(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    "There is no partition " + topicName + "-" + asked.partitionIndex() + ".");
        }
        if (asked.replicas() == null) {
            return new Refusal(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, "The partition is not being reassigned.");
        }
        Refusal refusal = placement.refusal(asked.replicas(), 0);
        if (refusal != null) {
            return refusal;
        }
        int replicas = partition.replicas().size();
        if (!request.allowReplicationFactorChange() && asked.replicas().size() != replicas) {
            return new Refusal(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "The partition has " + replicas + " replica(s), and the request does not allow another number.");
        }
        return asked.replicas().equals(partition.replicas())
                ? null
                : new Refusal(ErrorCode.INVALID_REPLICA_ASSIGNMENT, "Replicas are not moved between brokers.");
    }

    private static ReassignablePartitionResponse result(int partition, Refusal refusal) {
        ReassignablePartitionResponse result =
                new ReassignablePartitionResponse().setPartitionIndex(partition).setErrorMessage(null);
        return refusal == null
                ? result
                : result.setErrorCode(refusal.error().code()).setErrorMessage(refusal.message());
    }
}
