package io.headrace.metadata.config;

import java.util.Collections;
import java.util.Map;

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

    /** Nothing was set: Kafka's defaults hold. */
    public static final ConfigLayers NONE = new ConfigLayers(
            Collections.emptyMap(), Collections.emptyMap(), Collections.emptyMap(), Collections.emptyMap());

    public static ConfigLayers ofFile(Map<String, String> file) {
        return new ConfigLayers(Collections.emptyMap(), Collections.emptyMap(), file, Collections.emptyMap());
    }

    /** The same file and machine with other values set at run time. */
    public ConfigLayers withDynamic(Map<String, String> perBrokerNow, Map<String, String> clusterWideNow) {
        return new ConfigLayers(perBrokerNow, clusterWideNow, file, computed);
    }

    public ConfigLayers withComputed(Map<String, String> computedNow) {
        return new ConfigLayers(perBroker, clusterWide, file, computedNow);
    }
}
