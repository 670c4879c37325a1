package io.headrace.metadata.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The configuration of a broker, place over place. */
public final class BrokerConfigs {

    private BrokerConfigs() {}

    /**
     * What is wrong with these values being set at run time, for one broker or ({@code forAll}) for all; null if nothing
     * is. To be answered with INVALID_REQUEST, as Kafka does (KAFKA-13609).
     */
    public static String refusal(Map<String, String> values, boolean forAll) {
        for (Map.Entry<String, String> value : values.entrySet()) {
            ConfigKey key = ConfigCatalog.brokers().key(value.getKey());
            if (key == null) {
                return ConfigCatalog.brokers().unknown(value.getKey());
            }
            if (key.check(value.getValue()) instanceof Verdict.Refused refused) {
                return refused.message();
            }
            if (key.ignored()) {
                return key.name() + " has no effect here. " + key.support().note();
            }
            if (key.scope() == ConfigScope.READ_ONLY) {
                return key.name() + " cannot be changed at run time: only the configuration file sets it.";
            }
            if (forAll && key.scope() == ConfigScope.PER_BROKER) {
                return key.name() + " cannot be set for all brokers at once: name one broker.";
            }
        }
        return Lags.ofBroker(ConfigLayers.ofFile(values)).refusal();
    }

    /** Everything that is wrong with a configuration file, one line each; empty if nothing is. */
    public static List<String> refusals(Map<String, String> file) {
        List<String> refusals = new ArrayList<>();
        for (Map.Entry<String, String> value : file.entrySet()) {
            ConfigKey key = ConfigCatalog.brokers().key(value.getKey());
            if (key == null) {
                refusals.add(ConfigCatalog.brokers().unknown(value.getKey()));
            } else if (key.check(value.getValue()) instanceof Verdict.Refused refused) {
                refusals.add(refused.message());
            }
        }
        if (refusals.isEmpty()) {
            new FileCheck(file).addRefusals(refusals);
        }
        return refusals;
    }

    /** Names of the keys in a configuration file that was found good that have no effect, in its order. */
    public static List<String> ignored(Map<String, String> file) {
        List<String> ignored = new ArrayList<>();
        for (String name : file.keySet()) {
            if (ConfigCatalog.brokers().key(name).ignored()) {
                ignored.add(name);
            }
        }
        return ignored;
    }

    /** Every key of this broker, in alphabetical order. */
    public static List<ResolvedConfig> describe(ConfigLayers broker) {
        List<ResolvedConfig> all = new ArrayList<>();
        for (ConfigKey key : ConfigCatalog.brokers().keys()) {
            all.add(resolve(key, broker));
        }
        return all;
    }

    /** What has been set for all brokers at run time: the broker resource with the empty name. */
    public static List<ResolvedConfig> describeForAll(ConfigLayers broker) {
        List<ResolvedConfig> all = new ArrayList<>();
        for (Map.Entry<String, String> value : broker.clusterWide().entrySet()) {
            ConfigKey key = ConfigCatalog.brokers().key(value.getKey());
            List<ConfigSynonym> synonyms = new ArrayList<>();
            for (ConfigSynonym synonym : synonyms(key, broker)) {
                if (synonym.source() == ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG) {
                    synonyms.add(synonym);
                }
            }
            String shown = key.sensitive() ? null : value.getValue();
            all.add(new ResolvedConfig(key, shown, ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG, synonyms));
        }
        return all;
    }

    public static ResolvedConfig resolve(ConfigKey key, ConfigLayers broker) {
        String set = broker.nearest(key.name());
        String value = key.shown(set != null ? set : key.defaultValue());
        List<ConfigSynonym> synonyms = synonyms(key, broker);
        ConfigSource source = synonyms.isEmpty()
                ? ConfigSource.DEFAULT_CONFIG
                : synonyms.getFirst().source();
        return new ResolvedConfig(key, value, source, synonyms);
    }

    /** Kafka's order and Kafka's choice: nothing that comes before the first mention of the key itself. */
    static List<ConfigSynonym> synonyms(ConfigKey key, ConfigLayers broker) {
        List<ConfigSynonym> places = new ArrayList<>();
        broker.addSynonyms(key.synonyms(), places);
        for (String name : key.synonyms()) {
            String value = broker.computed().get(name);
            value = value != null ? value : ConfigCatalog.brokers().key(name).defaultValue();
            if (value != null) {
                places.add(new ConfigSynonym(name, value, ConfigSource.DEFAULT_CONFIG));
            }
        }
        List<ConfigSynonym> synonyms = new ArrayList<>();
        for (ConfigSynonym place : places) {
            if (!synonyms.isEmpty() || place.name().equals(key.name())) {
                String value = key.sensitive() ? null : place.value();
                synonyms.add(new ConfigSynonym(place.name(), value, place.source()));
            }
        }
        return synonyms;
    }
}
