package io.headrace.metadata.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The configuration of a group: its own values over the broker's over the defaults. A group need not exist to have some. */
public final class GroupConfigs {

    private GroupConfigs() {}

    /**
     * What is wrong with setting a group's own values to these, all of them taken together; null if nothing is. To be
     * answered with INVALID_CONFIG.
     */
    public static String refusal(Map<String, String> overrides, ConsumerGroupConfig broker) {
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            ConfigKey key = ConfigCatalog.groups().key(override.getKey());
            if (key == null) {
                return ConfigCatalog.groups().unknown(override.getKey());
            }
            if (key.check(override.getValue()) instanceof Verdict.Refused refused) {
                return refused.message();
            }
        }
        return broker.refusalOf(overrides);
    }

    /** Every key of a group, in alphabetical order. */
    public static List<ResolvedConfig> describe(Map<String, String> overrides, ConfigLayers broker) {
        List<ResolvedConfig> all = new ArrayList<>();
        for (ConfigKey key : ConfigCatalog.groups().keys()) {
            ResolvedConfig ofBroker = BrokerConfigs.resolve(
                    ConfigCatalog.brokers().key(key.synonyms().getFirst()), broker);
            String own = overrides.get(key.name());
            List<ConfigSynonym> synonyms = new ArrayList<>();
            if (own != null) {
                synonyms.add(new ConfigSynonym(key.name(), key.shown(own), ConfigSource.DYNAMIC_GROUP_CONFIG));
            }
            synonyms.addAll(ofBroker.synonyms());
            all.add(
                    own != null
                            ? new ResolvedConfig(key, key.shown(own), ConfigSource.DYNAMIC_GROUP_CONFIG, synonyms)
                            : new ResolvedConfig(key, ofBroker.value(), ofBroker.source(), synonyms));
        }
        return all;
    }
}
