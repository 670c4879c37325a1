package io.headrace.metadata.adoption;

import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.config.BrokerConfigs;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.metadata.config.ConsumerGroupConfig;
import io.headrace.metadata.config.GroupConfigs;
import io.headrace.metadata.config.TopicConfigs;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which of the configurations hold from now on: those that could be set here as well. */
final class AdoptedConfigs {

    private final String nodeId;
    private final List<String> leftBehind;

    /** @param leftBehind gets a line for each key that does not hold any more */
    AdoptedConfigs(int nodeId, List<String> leftBehind) {
        this.nodeId = Integer.toString(nodeId);
        this.leftBehind = leftBehind;
    }

    SortedMap<ConfigResource, SortedMap<String, String>> judge(
            SortedMap<ConfigResource, SortedMap<String, String>> configs) {
        SortedMap<ConfigResource, SortedMap<String, String>> kept = new TreeMap<>();
        configs.forEach((resource, values) -> values.forEach((key, value) -> {
            String refusal = refusal(resource, Collections.singletonMap(key, value));
            if (refusal == null) {
                kept.computeIfAbsent(resource, _ -> new TreeMap<>()).put(key, value);
            } else {
                leftBehind.add(key + " of " + inWords(resource) + ": " + refusal);
            }
        }));
        return kept;
    }

    /** Null if the value can be set. */
    private String refusal(ConfigResource resource, Map<String, String> value) {
        return switch (resource.type()) {
            case TOPIC -> TopicConfigs.refusal(value, ConfigLayers.NONE);
            case GROUP -> GroupConfigs.refusal(value, ConsumerGroupConfig.of(Collections.emptyMap()));
            case BROKER ->
                resource.name().isEmpty() || resource.name().equals(nodeId)
                        ? BrokerConfigs.refusal(value, resource.name().isEmpty())
                        : "There is no such broker any more.";
            case BROKER_LOGGER, CLIENT_METRICS -> "Headrace has nothing of the kind.";
        };
    }

    private static String inWords(ConfigResource resource) {
        String name = resource.name();
        return switch (resource.type()) {
            case TOPIC -> "topic " + name;
            case GROUP -> "group " + name;
            case BROKER -> name.isEmpty() ? "all brokers" : "broker " + name;
            case BROKER_LOGGER -> "the logger of broker " + name;
            case CLIENT_METRICS -> "the client metrics subscription " + name;
        };
    }
}
