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

    /** As it comes with Apache Kafka 4, but for its comments. */
    private static final Map<String, String> STOCK = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.bootstrap.servers", "localhost:9093"),
            Map.entry("listeners", "PLAINTEXT://:9092,CONTROLLER://:9093"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("advertised.listeners", "PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry(
                    "listener.security.protocol.map",
                    "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL"),
            Map.entry("num.network.threads", "3"),
            Map.entry("num.io.threads", "8"),
            Map.entry("socket.send.buffer.bytes", "102400"),
            Map.entry("socket.receive.buffer.bytes", "102400"),
            Map.entry("socket.request.max.bytes", "104857600"),
            Map.entry("log.dirs", "/tmp/kraft-combined-logs"),
            Map.entry("num.partitions", "1"),
            Map.entry("num.recovery.threads.per.data.dir", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("log.retention.hours", "168"),
            Map.entry("log.segment.bytes", "1073741824"),
            Map.entry("log.retention.check.interval.ms", "300000"));

    @Test
    void kafkasOwnFileIsGood() {
        assertThat(BrokerConfigs.refusals(STOCK)).isEmpty();
        BrokerConfig config = BrokerConfig.of(STOCK);
        assertThat(config.listener()).isEqualTo(new Listener("", 9092));
        assertThat(config.advertisedListener()).isEqualTo(new Listener("localhost", 9092));
    }

    @Test
    void whatASingleNodeDoesNotHaveIsIgnoredAndNamed() {
        assertThat(BrokerConfigs.ignored(new TreeMap<>(STOCK)))
                .contains(
                        "controller.listener.names",
                        "controller.quorum.bootstrap.servers",
                        "inter.broker.listener.name",
                        "listener.security.protocol.map",
                        "num.io.threads",
                        "num.recovery.threads.per.data.dir",
                        "share.coordinator.state.topic.min.isr")
                .doesNotContain("node.id", "num.partitions", "process.roles", "listeners", "log.dirs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listeners | SASL_SSL://:9092,CONTROLLER://:9093",
                "listeners | PLAINTEXT://:9092,EXTERNAL://:9094,CONTROLLER://:9093",
                "listeners | CONTROLLER://:9093",
                "listener.security.protocol.map | PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters | 1@one:9093,2@two:9093,3@three:9093",
                "process.roles | broker",
                "authorizer.class.name | org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "security.inter.broker.protocol | SSL",
                "ssl.keystore.location | /etc/keys",
                "sasl.enabled.mechanisms | SCRAM-SHA-512",
                "num.io.threads | none"
            })
    void aStockFileThatAsksForMoreIsRefused(String key, String value) {
        Map<String, String> file = new TreeMap<>(STOCK);
        file.put(key, value);

        assertThat(BrokerConfigs.refusals(file)).singleElement().asString().startsWith(key + "=" + value);
    }

    @Test
    void anIgnoredKeyCannotBeSetAtRunTime() {
        assertThat(BrokerConfigs.refusal(Map.of("num.io.threads", "16"), true))
                .startsWith("num.io.threads has no effect here.");
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
