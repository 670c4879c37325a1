package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.ApiMessage;

/** Decides on one CreatePartitions request. */
final class PartitionCreation {

    private final CreatePartitionsRequestData request;
    private final MetadataImage image;
    private final Placement placement;
    private final List<ApiMessage> records = new ArrayList<>();

    PartitionCreation(CreatePartitionsRequestData request, MetadataImage image, ControllerEnv env) {
        this.request = request;
        this.image = image;
        this.placement = new Placement(image, env);
    }

    Decision<CreatePartitionsResponseData> decide() {
        CreatePartitionsResponseData response = new CreatePartitionsResponseData();
        Set<String> duplicates = duplicates();
        Refusal ofAll = tooLarge(duplicates);
        Set<String> answered = new HashSet<>();
        for (CreatePartitionsTopic topic : request.topics()) {
            if (answered.add(topic.name())) {
                Refusal refusal = ofAll != null ? ofAll : add(topic, duplicates);
                response.results().add(result(topic.name(), refusal));
            }
        }
        return Decision.of(request.validateOnly(), records, response);
    }

    private static CreatePartitionsTopicResult result(String name, Refusal refusal) {
        CreatePartitionsTopicResult result =
                new CreatePartitionsTopicResult().setName(name).setErrorMessage(null);
        return refusal == null
                ? result
                : result.setErrorCode(refusal.error().code()).setErrorMessage(refusal.message());
    }

    private Set<String> duplicates() {
        Set<String> seen = new HashSet<>();
        Set<String> duplicates = new HashSet<>();
        for (CreatePartitionsTopic topic : request.topics()) {
            if (!seen.add(topic.name())) {
                duplicates.add(topic.name());
            }
        }
        return duplicates;
    }

    private Refusal tooLarge(Set<String> duplicates) {
        long partitions = 0;
        for (CreatePartitionsTopic asked : request.topics()) {
            TopicImage topic = image.topic(asked.name());
            if (topic != null && !duplicates.contains(asked.name())) {
                partitions += Math.max(0, asked.count() - topic.partitionCount());
            }
        }
        return Refusal.ofSize(partitions, 0);
    }

    private Refusal add(CreatePartitionsTopic asked, Set<String> duplicates) {
        if (duplicates.contains(asked.name())) {
            return new Refusal(
                    ErrorCode.INVALID_REQUEST, "The topic '" + asked.name() + "' stands twice in the request.");
        }
        TopicImage topic = image.topic(asked.name());
        if (topic == null) {
            return new Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + asked.name() + "'.");
        }
        int present = topic.partitionCount();
        if (asked.count() <= present) {
            return new Refusal(
                    ErrorCode.INVALID_PARTITIONS,
                    "The topic '" + asked.name() + "' has " + present + " partition(s) already; " + asked.count()
                            + " would not be more.");
        }
        Refusal refusal = Refusal.ofTotal((long) image.partitionCount() + records.size() + asked.count() - present);
        if (refusal != null) {
            return refusal;
        }
        List<List<Integer>> partitions = new ArrayList<>();
        int replicas = topic.partitions().getFirst().replicas().size();
        refusal = asked.assignments() == null
                ? place(asked.count() - present, replicas, partitions)
                : readAssignments(asked.assignments(), asked.count() - present, replicas, partitions);
        for (int i = 0; refusal == null && i < partitions.size(); i++) {
            records.add(placement.record(topic.id(), present + i, partitions.get(i)));
        }
        return refusal;
    }

    private Refusal place(int count, int replicas, List<List<Integer>> partitions) {
        Refusal refusal = placement.refusal(replicas);
        for (int i = 0; refusal == null && i < count; i++) {
            partitions.add(placement.next(replicas));
        }
        return refusal;
    }

    private Refusal readAssignments(
            List<CreatePartitionsAssignment> assignments, int count, int replicas, List<List<Integer>> partitions) {
        if (assignments.size() != count) {
            return new Refusal(
                    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                    count + " partition(s) would be added, and " + assignments.size() + " assigned to brokers.");
        }
        for (CreatePartitionsAssignment assignment : assignments) {
            Refusal refusal = placement.refusal(assignment.brokerIds(), replicas);
            if (refusal != null) {
                return refusal;
            }
            partitions.add(assignment.brokerIds());
        }
        return null;
    }
}
