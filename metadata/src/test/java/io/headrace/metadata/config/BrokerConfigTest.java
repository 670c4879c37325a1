package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BrokerConfigTest {

    /** Honoured broker keys that are no value of a BrokerConfig, since a topic's configuration is where they act. */
    private static List<String> actThroughTopics() {
        List<String> names = new ArrayList<>(List.of("default.replication.factor"));
        for (ConfigKey topicKey : ConfigCatalog.topics().keys()) {
            names.addAll(topicKey.synonyms());
        }
        return names;
    }

    private static Map<String, String> texts(BrokerConfig config) {
        Map<String, String> texts = new TreeMap<>();
        texts.put("node.id", "" + config.nodeId());
        texts.put(
                "listeners",
                "PLAINTEXT://" + config.listener().host() + ":"
                        + config.listener().port());
        texts.put("log.dir", config.logDir());
        texts.put("acks.all", config.acksAllDurable() ? "durable" : "written");
        texts.put("num.partitions", "" + config.numPartitions());
        texts.put("auto.create.topics.enable", "" + config.autoCreateTopicsEnable());
        texts.put("delete.topic.enable", "" + config.deleteTopicEnable());
        texts.put("socket.request.max.bytes", "" + config.socketRequestMaxBytes());
        texts.put("socket.listen.backlog.size", "" + config.socketListenBacklogSize());
        texts.put("socket.send.buffer.bytes", "" + config.socketSendBufferBytes());
        texts.put("socket.receive.buffer.bytes", "" + config.socketReceiveBufferBytes());
        texts.put("queued.max.request.bytes", "" + config.queuedMaxRequestBytes());
        texts.put("connections.max.idle.ms", "" + config.connectionsMaxIdleMs());
        texts.put("max.connections", "" + config.maxConnections());
        texts.put("max.connections.per.ip", "" + config.maxConnectionsPerIp());
        texts.put("fetch.max.bytes", "" + config.fetchMaxBytes());
        texts.put("max.incremental.fetch.session.cache.slots", "" + config.maxIncrementalFetchSessionCacheSlots());
        texts.put("max.request.partition.size.limit", "" + config.maxRequestPartitionSizeLimit());
        texts.put("producer.id.expiration.ms", "" + config.producerIdExpirationMs());
        texts.put("log.retention.check.interval.ms", "" + config.logRetentionCheckIntervalMs());
        texts.put("log.flush.offset.checkpoint.interval.ms", "" + config.logFlushOffsetCheckpointIntervalMs());
        GroupConfig groups = config.groups();
        texts.put("group.initial.rebalance.delay.ms", "" + groups.initialRebalanceDelayMs());
        texts.put("group.min.session.timeout.ms", "" + groups.minSessionTimeoutMs());
        texts.put("group.max.session.timeout.ms", "" + groups.maxSessionTimeoutMs());
        texts.put("group.max.size", "" + groups.maxSize());
        texts.put("offsets.retention.minutes", "" + groups.offsetsRetentionMs() / 60_000);
        texts.put("offsets.retention.check.interval.ms", "" + groups.offsetsRetentionCheckIntervalMs());
        texts.put("offset.metadata.max.bytes", "" + groups.offsetMetadataMaxBytes());
        texts.put("offsets.topic.num.partitions", "" + groups.offsetsTopicPartitions());
        texts.put("offsets.topic.segment.bytes", "" + groups.offsetsTopicSegmentBytes());
        texts.put("offsets.load.buffer.size", "" + groups.offsetsLoadBufferBytes());
        ConsumerGroupConfig consumer = groups.consumer();
        addBounded(texts, "session.timeout.ms", consumer.sessionTimeoutMs());
        addBounded(texts, "heartbeat.interval.ms", consumer.heartbeatIntervalMs());
        addBounded(texts, "assignment.interval.ms", consumer.assignmentIntervalMs());
        texts.put("group.consumer.max.size", "" + consumer.maxSize());
        texts.put("group.consumer.assignors", String.join(",", consumer.assignors()));
        texts.put("group.consumer.migration.policy", consumer.migrationPolicy().toLowerCase(Locale.ROOT));
        TransactionConfig transactions = config.transactions();
        texts.put("transaction.max.timeout.ms", "" + transactions.maxTimeoutMs());
        texts.put("transactional.id.expiration.ms", "" + transactions.idExpirationMs());
        texts.put(
                "transaction.remove.expired.transaction.cleanup.interval.ms", "" + transactions.idExpirationCheckMs());
        texts.put("transaction.state.log.num.partitions", "" + transactions.topicPartitions());
        texts.put("transaction.state.log.segment.bytes", "" + transactions.topicSegmentBytes());
        texts.put("transaction.state.log.load.buffer.size", "" + transactions.loadBufferBytes());
        CleanerConfig cleaner = CleanerConfig.of(ConfigLayers.ofFile(Map.of()));
        texts.put("log.cleaner.enable", "" + cleaner.enable());
        texts.put("log.cleaner.backoff.ms", "" + cleaner.backoffMs());
        texts.put("log.cleaner.dedupe.buffer.size", "" + cleaner.dedupeBufferSize());
        texts.put("log.cleaner.io.buffer.load.factor", "" + cleaner.loadFactor());
        texts.put("log.cleaner.io.max.bytes.per.second", "" + cleaner.ioMaxBytesPerSecond());
        return texts;
    }

    private static void addBounded(Map<String, String> texts, String key, ConsumerGroupConfig.Bounded bounded) {
        texts.put("group.consumer." + key, "" + bounded.value());
        texts.put("group.consumer.min." + key, "" + bounded.least());
        texts.put("group.consumer.max." + key, "" + bounded.most());
    }

    @Test
    void aGroupsOwnValuesGoBeforeTheBrokersWithinTheirBounds() {
        ConsumerGroupConfig broker = BrokerConfig.DEFAULTS.groups().consumer();

        ConsumerGroupConfig group =
                broker.with(Map.of("consumer.session.timeout.ms", "50000", "consumer.heartbeat.interval.ms", "99999"));

        assertThat(group.sessionTimeoutMs().value()).isEqualTo(50_000);
        assertThat(group.heartbeatIntervalMs().value())
                .as("the highest allowed")
                .isEqualTo(15_000);
        assertThat(group.heartbeatIntervalSet()).isTrue();
        assertThat(group.assignmentIntervalMs()).isEqualTo(broker.assignmentIntervalMs());
    }

    @Test
    void theDefaultsAreTheCatalogues() {
        texts(BrokerConfig.DEFAULTS)
                .forEach((name, value) -> assertThat(value)
                        .as(name)
                        .isEqualTo(ConfigCatalog.brokers().key(name).defaultValue()));
        assertThat(BrokerConfig.DEFAULTS.numNetworkThreads()).isZero();
        assertThat(BrokerConfig.DEFAULTS.advertisedListener()).isEqualTo(new Listener("", 9092));
    }

    @Test
    void everyHonouredKeyHasAValueOrActsThroughTopics() {
        TreeSet<String> known = new TreeSet<>(texts(BrokerConfig.DEFAULTS).keySet());
        known.addAll(actThroughTopics());
        known.addAll(List.of(
                "advertised.listeners",
                "broker.id",
                "log.dirs",
                "num.network.threads",
                "offsets.topic.replication.factor"));

        for (ConfigKey key : ConfigCatalog.brokers().keys()) {
            if (key.honoured()) {
                assertThat(known).contains(key.name());
            }
        }
    }

    @Test
    void whatTheFileSaysIsTyped() {
        BrokerConfig config = BrokerConfig.of(Map.of(
                "broker.id", "7",
                "listeners", "PLAINTEXT://[::1]:0",
                "advertised.listeners", "PLAINTEXT://out.example:19092",
                "log.dir", "unused",
                "log.dirs", "/var/lib/headrace",
                "acks.all", "written",
                "auto.create.topics.enable", " False ",
                "num.network.threads", "2"));

        assertThat(config.nodeId()).isEqualTo(7);
        assertThat(config.listener()).isEqualTo(new Listener("::1", 0));
        assertThat(config.advertisedListener()).isEqualTo(new Listener("out.example", 19_092));
        assertThat(config.logDir()).isEqualTo("/var/lib/headrace");
        assertThat(config.acksAllDurable()).isFalse();
        assertThat(config.autoCreateTopicsEnable()).isFalse();
        assertThat(config.numNetworkThreads()).isEqualTo(2);
    }
}
