package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupConfigsTest {

    private static final ConsumerGroupConfig BROKER = ConsumerGroupConfig.of(Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "consumer.session.timeout.ms | 44999 | consumer.session.timeout.ms=44999 is refused: its bounds are"
                        + " 45000 and 60000.",
                "consumer.heartbeat.interval.ms | 15001 | consumer.heartbeat.interval.ms=15001 is refused: its bounds"
                        + " are 5000 and 15000.",
                "consumer.assignment.interval.ms | soon | consumer.assignment.interval.ms=soon is refused: it takes a"
                        + " whole number from 0 to 2147483647.",
                "consumer.session.timeout | 50000 | consumer.session.timeout is no configuration key; did you mean"
                        + " consumer.session.timeout.ms?"
            })
    void aBadValueIsRefused(String key, String value, String why) {
        assertThat(GroupConfigs.refusal(Map.of(key, value), BROKER)).isEqualTo(why);
    }

    @Test
    void aHeartbeatIsShorterThanASession() {
        ConsumerGroupConfig wide = ConsumerGroupConfig.of(Map.of(
                "group.consumer.min.session.timeout.ms", "1000", "group.consumer.min.heartbeat.interval.ms", "1"));

        assertThat(GroupConfigs.refusal(Map.of("consumer.session.timeout.ms", "5000"), wide))
                .isEqualTo(
                        "consumer.heartbeat.interval.ms=5000 is refused: it is not below consumer.session.timeout.ms,"
                                + " which is 5000.");
        assertThat(GroupConfigs.refusal(
                        Map.of("consumer.session.timeout.ms", "5000", "consumer.heartbeat.interval.ms", "100"), wide))
                .isNull();
    }

    @Test
    void aGroupHasItsOwnValuesOrTheBrokers() {
        ConfigLayers broker = ConfigLayers.ofFile(Map.of("group.consumer.session.timeout.ms", "46000"));

        List<ResolvedConfig> described =
                GroupConfigs.describe(Map.of("consumer.heartbeat.interval.ms", "7000"), broker);

        assertThat(described)
                .extracting(config -> config.key().name() + "=" + config.value() + " " + config.source())
                .containsExactly(
                        "consumer.assignment.interval.ms=0 DEFAULT_CONFIG",
                        "consumer.heartbeat.interval.ms=7000 DYNAMIC_GROUP_CONFIG",
                        "consumer.session.timeout.ms=46000 STATIC_BROKER_CONFIG");
    }

    @Test
    void theKeysAreKafkasForTheConsumerProtocol() {
        for (ConfigKey key : ConfigCatalog.groups().keys()) {
            assertThat(GroupConfig.configNames()).contains(key.name());
            assertThat(GroupConfig.brokerSynonym(key.name()))
                    .contains(key.synonyms().getFirst());
            assertThat(GroupConfig.CONFIG_DEF
                            .configKeys()
                            .get(key.name())
                            .importance
                            .name())
                    .isEqualTo(key.importance().name());
        }
    }
}
