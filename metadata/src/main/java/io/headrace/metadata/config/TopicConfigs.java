package io.headrace.metadata.config;

import java.util.List;
import java.util.Map;

/** The configuration of a topic: its own values over the broker's over the defaults. */
public final class TopicConfigs {

    private TopicConfigs() {}

    /**
     * What is wrong with setting a topic's own values to these, all of them taken together; null if nothing is. To be
     * answered with INVALID_CONFIG.
     */
    public static String refusal(Map<String, String> overrides, ConfigLayers broker) {
        throw new UnsupportedOperationException("being written");
    }

    /** Every key of a topic, in alphabetical order. */
    public static List<ResolvedConfig> describe(Map<String, String> overrides, ConfigLayers broker) {
        throw new UnsupportedOperationException("being written");
    }

    public static ResolvedConfig resolve(ConfigKey key, Map<String, String> overrides, ConfigLayers broker) {
        throw new UnsupportedOperationException("being written");
    }

    /** The values that the log works with. Costs nothing when nothing is set. */
    public static EffectiveTopicConfig effective(Map<String, String> overrides, ConfigLayers broker) {
        throw new UnsupportedOperationException("being written");
    }
}
