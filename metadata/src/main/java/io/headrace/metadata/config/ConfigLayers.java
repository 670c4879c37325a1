package io.headrace.metadata.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been set for a broker, place by place, as texts: at run time for this broker, at run time for all brokers, in
 * the file or on the command line, and the defaults that only the running machine can give (such as the number of
 * shards). Immutable; the maps are not copied and must not change.
 */
public record ConfigLayers(
        Map<String, String> perBroker,
        Map<String, String> clusterWide,
        Map<String, String> file,
        Map<String, String> computed) {

    /** Nothing was set: the defaults hold. */
    public static final ConfigLayers NONE = ofFile(Collections.emptyMap());

    /** Of node.id and broker.id, which are one setting, the file may name either; the layers have both, as in Kafka. */
    public static ConfigLayers ofFile(Map<String, String> file) {
        String nodeId = file.getOrDefault("node.id", file.get("broker.id"));
        Map<String, String> both = file;
        if (nodeId != null) {
            both = new TreeMap<>(file);
            both.putIfAbsent("node.id", nodeId);
            both.putIfAbsent("broker.id", nodeId);
        }
        return new ConfigLayers(Collections.emptyMap(), Collections.emptyMap(), both, Collections.emptyMap());
    }

    /** The same file and machine with other values set at run time. */
    public ConfigLayers withDynamic(Map<String, String> perBrokerNow, Map<String, String> clusterWideNow) {
        return new ConfigLayers(perBrokerNow, clusterWideNow, file, computed);
    }

    public ConfigLayers withComputed(Map<String, String> computedNow) {
        return new ConfigLayers(perBroker, clusterWide, file, computedNow);
    }

    /** What was set for the key in the nearest place that has it, or null. */
    String nearest(String name) {
        String value = perBroker.get(name);
        value = value != null ? value : clusterWide.get(name);
        value = value != null ? value : file.get(name);
        return value != null ? value : computed.get(name);
    }

    /** Adds to the list each place that was given a value under one of the names; place before place, then name before name. */
    void addSynonyms(List<String> names, List<ConfigSynonym> synonyms) {
        add(perBroker, ConfigSource.DYNAMIC_BROKER_CONFIG, names, synonyms);
        add(clusterWide, ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG, names, synonyms);
        add(file, ConfigSource.STATIC_BROKER_CONFIG, names, synonyms);
    }

    private static void add(
            Map<String, String> place, ConfigSource source, List<String> names, List<ConfigSynonym> synonyms) {
        for (String name : names) {
            String value = place.get(name);
            if (value != null) {
                synonyms.add(new ConfigSynonym(name, value, source));
            }
        }
    }
}
