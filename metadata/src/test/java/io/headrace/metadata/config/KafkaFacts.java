package io.headrace.metadata.config;

import java.util.Map;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.server.config.QuotaConfig;
import org.apache.kafka.storage.internals.log.LogConfig;

/** What Kafka's own server says about its keys, its internal ones left out. */
final class KafkaFacts {

    private KafkaFacts() {}

    static Map<String, ConfigDef.ConfigKey> topicKeys() {
        return publicKeys(LogConfig.configDefCopy());
    }

    /** With the three rates that exist only at run time, and that Kafka defines apart from the rest. */
    static Map<String, ConfigDef.ConfigKey> brokerKeys() {
        Map<String, ConfigDef.ConfigKey> keys = publicKeys(KafkaConfig.configDef());
        keys.putAll(publicKeys(QuotaConfig.brokerQuotaConfigs()));
        return keys;
    }

    private static Map<String, ConfigDef.ConfigKey> publicKeys(ConfigDef definition) {
        Map<String, ConfigDef.ConfigKey> keys = new TreeMap<>();
        for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
            if (!key.internalConfig) {
                keys.put(key.name, key);
            }
        }
        return keys;
    }

    /** The default as a text; null where there is none. */
    static String defaultValue(ConfigDef.ConfigKey key) {
        return key.hasDefault() ? ConfigDef.convertToString(key.defaultValue, key.type) : null;
    }
}
