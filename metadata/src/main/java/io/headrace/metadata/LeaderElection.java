package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;

/**
 * Decides on one ElectLeaders request (KIP-183, KIP-460). Leaders stay where partitions were placed: whoever asks for
 * another one is told that it is not needed, or that nobody else is there.
 */
final class LeaderElection {

    private static final byte PREFERRED = 0;
    private static final byte UNCLEAN = 1;
    private static final int NO_LEADER = -1;

    private static final Refusal UNSOUND =
            new Refusal(ErrorCode.INVALID_REQUEST, "There are elections of type 0, preferred, and 1, unclean.");

    private final ElectLeadersRequestData request;
    private final MetadataImage image;

    LeaderElection(ElectLeadersRequestData request, MetadataImage image) {
        this.request = request;
        this.image = image;
    }

    Decision<ElectLeadersResponseData> decide() {
        ElectLeadersResponseData response = new ElectLeadersResponseData();
        boolean sound = request.electionType() == PREFERRED || request.electionType() == UNCLEAN;
        if (!sound) {
            response.setErrorCode(ErrorCode.INVALID_REQUEST.code());
        }
        if (request.topicPartitions() == null && !sound) {
            return Decision.of(response);
        }
        if (request.topicPartitions() == null) {
            for (TopicImage topic : image.topics()) {
                response.replicaElectionResults().add(ofAll(topic));
            }
            return Decision.of(response);
        }
        for (TopicPartitions asked : request.topicPartitions()) {
            ReplicaElectionResult result = new ReplicaElectionResult().setTopic(asked.topic());
            for (int partition : asked.partitions()) {
                result.partitionResult().add(result(partition, sound ? refusal(asked.topic(), partition) : UNSOUND));
            }
            response.replicaElectionResults().add(result);
        }
        return Decision.of(response);
    }

    /** Where all are meant, those that are well led already are not mentioned. */
    private ReplicaElectionResult ofAll(TopicImage topic) {
        ReplicaElectionResult result = new ReplicaElectionResult().setTopic(topic.name());
        for (PartitionImage partition : topic.partitions()) {
            Refusal refusal = refusal(partition);
            if (refusal.error() != ErrorCode.ELECTION_NOT_NEEDED) {
                result.partitionResult().add(result(partition.id(), refusal));
            }
        }
        return result;
    }

    private Refusal refusal(String topicName, int partition) {
        TopicImage topic = image.topic(topicName);
        if (topic == null || topic.partition(partition) == null) {
            return new Refusal(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "There is no partition " + topicName + "-" + partition + ".");
        }
        return refusal(topic.partition(partition));
    }

    private Refusal refusal(PartitionImage partition) {
        if (request.electionType() == UNCLEAN) {
            return partition.leader() == NO_LEADER
                    ? new Refusal(ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE, "Nobody is there who could lead it.")
                    : new Refusal(ErrorCode.ELECTION_NOT_NEEDED, "The partition has a leader.");
        }
        return partition.leader() == partition.replicas().getFirst()
                ? new Refusal(ErrorCode.ELECTION_NOT_NEEDED, "The preferred replica leads the partition.")
                : new Refusal(ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE, "Leaders do not move.");
    }

    private static PartitionResult result(int partition, Refusal refusal) {
        return new PartitionResult()
                .setPartitionId(partition)
                .setErrorCode(refusal.error().code())
                .setErrorMessage(refusal.message());
    }
}
