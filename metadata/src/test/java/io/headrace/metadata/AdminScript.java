package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitionsCollection;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;

/**
 * What {@link Script} is, for what is asked about replicas and features.
 *
 * <pre>
 * elect TYPE all  or  elect TYPE TOPIC/PARTITION ...
 * reassign TOPIC/PARTITION=1,2 ...          = alone stands for no brokers, no = for a reassignment that ends
 * reassign-more TOPIC/PARTITION=1,2 ...     with leave to change the number of replicas
 * features TYPE NAME=LEVEL ...
 * </pre>
 */
final class AdminScript {

    private AdminScript() {}

    /** Null if the line is in other words. */
    static ControllerEvent<?> event(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        return switch (words.removeFirst()) {
            case "elect" -> new ControllerEvent.ElectLeaders(elect(words));
            case "reassign" -> new ControllerEvent.AlterPartitionReassignments(reassign(words, false));
            case "reassign-more" -> new ControllerEvent.AlterPartitionReassignments(reassign(words, true));
            case "features" -> new ControllerEvent.UpdateFeatures(features(words));
            default -> null;
        };
    }

    private static ElectLeadersRequestData elect(List<String> words) {
        ElectLeadersRequestData request =
                new ElectLeadersRequestData().setElectionType(Byte.parseByte(words.removeFirst()));
        if (words.contains("all")) {
            return request.setTopicPartitions(null);
        }
        TopicPartitionsCollection topics = new TopicPartitionsCollection();
        for (String word : words) {
            String[] parts = word.split("/", -1);
            topics.add(new TopicPartitions().setTopic(parts[0]).setPartitions(List.of(Integer.valueOf(parts[1]))));
        }
        return request.setTopicPartitions(topics);
    }

    private static AlterPartitionReassignmentsRequestData reassign(List<String> words, boolean otherCount) {
        AlterPartitionReassignmentsRequestData request =
                new AlterPartitionReassignmentsRequestData().setAllowReplicationFactorChange(otherCount);
        for (String word : words) {
            String[] parts = word.split("[/=]", -1);
            List<Integer> brokers = parts.length < 3 ? null : new ArrayList<>();
            for (int i = 2; i < parts.length && !parts[2].isEmpty(); i++) {
                for (String id : parts[2].split(",", -1)) {
                    brokers.add(Integer.valueOf(id));
                }
            }
            request.topics()
                    .add(new ReassignableTopic()
                            .setName(parts[0])
                            .setPartitions(List.of(new ReassignablePartition()
                                    .setPartitionIndex(Integer.parseInt(parts[1]))
                                    .setReplicas(brokers))));
        }
        return request;
    }

    private static UpdateFeaturesRequestData features(List<String> words) {
        byte type = Byte.parseByte(words.removeFirst());
        UpdateFeaturesRequestData request = new UpdateFeaturesRequestData();
        for (String word : words) {
            String[] parts = word.split("=", -1);
            request.featureUpdates()
                    .add(new FeatureUpdateKey()
                            .setFeature(parts[0])
                            .setMaxVersionLevel(Short.parseShort(parts[1]))
                            .setUpgradeType(type));
        }
        return request;
    }

    static List<String> answers(Object response) {
        List<String> lines = new ArrayList<>();
        switch (response) {
            case ElectLeadersResponseData elected -> {
                lines.add(text(elected.errorCode(), null));
                elected.replicaElectionResults()
                        .forEach(topic -> topic.partitionResult()
                                .forEach(partition -> lines.add(topic.topic() + "/" + partition.partitionId() + " "
                                        + text(partition.errorCode(), partition.errorMessage()))));
            }
            case AlterPartitionReassignmentsResponseData reassigned ->
                reassigned
                        .responses()
                        .forEach(topic -> topic.partitions()
                                .forEach(partition -> lines.add(topic.name() + "/" + partition.partitionIndex() + " "
                                        + text(partition.errorCode(), partition.errorMessage()))));
            case UpdateFeaturesResponseData updated -> lines.add(text(updated.errorCode(), updated.errorMessage()));
            default -> throw new IllegalArgumentException(response.toString());
        }
        return lines;
    }

    private static String text(short code, String message) {
        return ErrorCode.forCode(code) + (message == null || message.isEmpty() ? "" : " - " + message);
    }
}
