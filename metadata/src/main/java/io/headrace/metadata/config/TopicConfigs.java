package io.headrace.metadata.config;

import java.util.ArrayList;
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
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            ConfigKey key = ConfigCatalog.topics().key(override.getKey());
            if (key == null) {
                return ConfigCatalog.topics().unknown(override.getKey());
            }
            if (key.check(override.getValue()) instanceof Verdict.Refused refused) {
                return refused.message();
            }
        }
        boolean bounds =
                overrides.containsKey("min.compaction.lag.ms") || overrides.containsKey("max.compaction.lag.ms");
        return bounds ? Lags.ofTopic(overrides, broker).refusal() : null;
    }

    /** Every key of a topic, in alphabetical order. */
    public static List<ResolvedConfig> describe(Map<String, String> overrides, ConfigLayers broker) {
        List<ResolvedConfig> all = new ArrayList<>();
        for (ConfigKey key : ConfigCatalog.topics().keys()) {
            all.add(resolve(key, overrides, broker));
        }
        return all;
    }

    /**
     * The key's value with its source and synonyms as Kafka reports them. Kafka leaves out what comes before the broker
     * key of the same unit, so that a retention given in hours alone has the source DEFAULT_CONFIG; clients compare, and
     * so do we.
     */
    public static ResolvedConfig resolve(ConfigKey key, Map<String, String> overrides, ConfigLayers broker) {
        List<ConfigSynonym> synonyms = new ArrayList<>();
        String own = overrides.get(key.name());
        String value = own != null ? key.shown(own) : inherited(key, broker);
        if (own != null) {
            synonyms.add(new ConfigSynonym(key.name(), value, ConfigSource.DYNAMIC_TOPIC_CONFIG));
        }
        if (!key.synonyms().isEmpty()) {
            ConfigKey first = ConfigCatalog.brokers().key(key.synonyms().getFirst());
            synonyms.addAll(BrokerConfigs.synonyms(first, broker));
        }
        ConfigSource source = synonyms.isEmpty()
                ? ConfigSource.DEFAULT_CONFIG
                : synonyms.getFirst().source();
        return new ResolvedConfig(key, value, source, synonyms);
    }

    private static String inherited(ConfigKey key, ConfigLayers broker) {
        for (String name : key.synonyms()) {
            ConfigKey synonym = ConfigCatalog.brokers().key(name);
            String value = broker.nearest(name);
            value = value != null ? value : synonym.defaultValue();
            if (value != null) {
                return BrokerUnits.inTopicUnit(name, synonym.shown(value));
            }
        }
        return key.defaultValue();
    }

    /** The values that the log works with. Does not read the catalogue. */
    public static EffectiveTopicConfig effective(Map<String, String> overrides, ConfigLayers broker) {
        return new TopicLookup(overrides, broker).effective();
    }
}
