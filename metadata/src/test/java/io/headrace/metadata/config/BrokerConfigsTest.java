package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerConfigsTest {

    @Test
    void aGoodFileIsNotRefused() {
        assertThat(BrokerConfigs.refusals(Map.of(
                        "node.id", "3",
                        "broker.id", "3",
                        "listeners", "PLAINTEXT://:0",
                        "advertised.listeners", "PLAINTEXT://broker.example:19092",
                        "log.dirs", "/var/lib/headrace",
                        "process.roles", "broker,controller",
                        "log.retention.hours", "-1",
                        "acks.all", "written")))
                .isEmpty();
    }

    @Test
    void everythingThatIsWrongWithAFileIsSaidAtOnce() {
        Map<String, String> file = new TreeMap<>(Map.of(
                "acks.all", "always",
                "log.retention.hour", "1",
                "num.partitions", "0",
                "offsets.topic.replication.factor", "3"));

        assertThat(BrokerConfigs.refusals(file))
                .containsExactly(
                        "acks.all=always is refused: it takes one of durable, written.",
                        "log.retention.hour is no configuration key; did you mean log.retention.hours?",
                        "num.partitions=0 is refused: it takes a whole number from 1 to 2147483647.",
                        "offsets.topic.replication.factor=3 is refused: it takes a whole number, and only 1. There is"
                                + " one broker.");
    }

    @ParameterizedTest(name = "{0}={1} with {2}={3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "broker.id | 2 | node.id | 1 | broker.id=2 is refused: node.id, its newer name, is 1.",
                "log.dirs | /a,/b | num.partitions | 1"
                        + " | log.dirs=/a,/b is refused: it takes one directory; more are not there yet.",
                "listeners | SSL://:9093 | num.partitions | 1"
                        + " | listeners=SSL://:9093 is refused: it takes one address as PLAINTEXT://host:port, with a port"
                        + " from 0 to 65535. There is one listener, and it is PLAINTEXT.",
                "advertised.listeners | PLAINTEXT://0.0.0.0:9092 | num.partitions | 1"
                        + " | advertised.listeners=PLAINTEXT://0.0.0.0:9092 is refused: clients cannot connect to"
                        + " \"every interface\"; it takes the name or address of one.",
                "queued.max.request.bytes | 1000 | socket.request.max.bytes | 1001"
                        + " | queued.max.request.bytes=1000 is refused: it takes -1, or at least"
                        + " socket.request.max.bytes, which is 1001.",
                "log.cleaner.min.compaction.lag.ms | 2 | log.cleaner.max.compaction.lag.ms | 1"
                        + " | log.cleaner.min.compaction.lag.ms=2 is refused: it is above"
                        + " log.cleaner.max.compaction.lag.ms=1."
            })
    void valuesThatDoNotGoTogetherAreRefused(String key, String value, String other, String otherValue, String why) {
        assertThat(BrokerConfigs.refusals(Map.of(key, value, other, otherValue)))
                .containsExactly(why);
    }

    @Test
    void whatIsReadAtStartCannotBeChangedAtRunTime() {
        assertThat(BrokerConfigs.refusal(Map.of("num.partitions", "3"), true))
                .isEqualTo("num.partitions cannot be changed at run time: only the configuration file sets it.");
    }

    @Test
    void whatBelongsToOneBrokerCannotBeSetForAll() {
        Map<String, String> none = Map.of("ssl.client.auth", "none");

        assertThat(BrokerConfigs.refusal(none, true))
                .isEqualTo("ssl.client.auth cannot be set for all brokers at once: name one broker.");
        assertThat(BrokerConfigs.refusal(none, false)).isNull();
    }

    @Test
    void theDefaultsOfTopicsCanBeChangedAtRunTime() {
        assertThat(BrokerConfigs.refusal(Map.of("log.retention.ms", "1000"), true))
                .isNull();
        assertThat(BrokerConfigs.refusal(Map.of("log.retention.ms", "0"), true))
                .isEqualTo(
                        "log.retention.ms=0 is refused: it takes a whole number, -1 or of at least 1 that fits 64 bits.");
        assertThat(BrokerConfigs.refusal(Map.of("log.retentoin.ms", "1000"), true))
                .isEqualTo("log.retentoin.ms is no configuration key; did you mean log.retention.ms?");
    }

    @Test
    void aComputedDefaultIsShownAsTheDefault() {
        ConfigLayers broker = ConfigLayers.NONE.withComputed(Map.of("num.network.threads", "8"));

        ResolvedConfig config = BrokerConfigs.resolve(ConfigCatalog.brokers().key("num.network.threads"), broker);

        assertThat(config.value()).isEqualTo("8");
        assertThat(config.source()).isEqualTo(ConfigSource.DEFAULT_CONFIG);
        assertThat(config.synonyms())
                .isEqualTo(List.of(new ConfigSynonym("num.network.threads", "8", ConfigSource.DEFAULT_CONFIG)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node.id", "broker.id"})
    void theNumberOfTheNodeIsShownUnderBothItsNames(String name) {
        ConfigLayers broker = ConfigLayers.ofFile(Map.of(name, "7"));

        for (String either : List.of("node.id", "broker.id")) {
            ResolvedConfig config =
                    BrokerConfigs.resolve(ConfigCatalog.brokers().key(either), broker);
            assertThat(config.value()).isEqualTo("7");
            assertThat(config.source()).isEqualTo(ConfigSource.STATIC_BROKER_CONFIG);
        }
    }

    @Test
    void fixedKeysAndThoseReadAtStartAreReadOnly() {
        assertThat(ConfigCatalog.brokers().key("num.partitions").readOnly()).isTrue();
        assertThat(ConfigCatalog.brokers().key("background.threads").readOnly()).isTrue();
        assertThat(ConfigCatalog.brokers().key("log.retention.ms").readOnly()).isFalse();
        assertThat(ConfigCatalog.topics().key("retention.ms").readOnly()).isFalse();
    }
}
