package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** Every key is documented in one sentence of our own. */
class DocumentationTest {

    @Test
    void everyKeyHasOneSentence() {
        for (ConfigKey key : allKeys()) {
            assertThat(key.documentation())
                    .as(key.name())
                    .isNotBlank()
                    .endsWith(".")
                    .doesNotContain(". ", "\t");
            assertThat(Character.isUpperCase(key.documentation().charAt(0)))
                    .as(key.name())
                    .isTrue();
        }
    }

    @Test
    void noSentenceIsKafkas() {
        for (ConfigKey key : allKeys()) {
            Map<String, ConfigDef.ConfigKey> kafkas =
                    key.scope() == ConfigScope.TOPIC ? KafkaFacts.topicKeys() : KafkaFacts.brokerKeys();
            ConfigDef.ConfigKey theirs = kafkas.get(key.name());
            if (theirs != null) {
                String ours =
                        key.documentation().substring(0, key.documentation().length() - 1);
                assertThat(theirs.documentation).as(key.name()).doesNotContainIgnoringCase(ours);
            }
        }
    }

    @Test
    void aFixedKeySaysWhy() {
        ConfigKey key = ConfigCatalog.topics().key("remote.storage.enable");

        assertThat(key.description())
                .isEqualTo("Whether closed segments are copied to remote storage. Cannot be changed: there is no remote"
                        + " storage.");
    }

    @Test
    void anHonouredKeyWithANoteTellsIt() {
        ConfigKey key = ConfigCatalog.topics().key("flush.ms");

        assertThat(key.description())
                .isEqualTo(
                        "Longest time in milliseconds that a record may wait to be flushed. Headrace flushes as soon as"
                                + " anything is unflushed, which keeps any bound.");
    }

    private static List<ConfigKey> allKeys() {
        List<ConfigKey> keys = new ArrayList<>(ConfigCatalog.topics().keys());
        keys.addAll(ConfigCatalog.brokers().keys());
        keys.addAll(ConfigCatalog.groups().keys());
        return keys;
    }
}
