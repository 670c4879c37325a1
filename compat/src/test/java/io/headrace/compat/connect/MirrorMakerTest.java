package io.headrace.compat.connect;

import io.headrace.compat.BrokerProcess;
import io.headrace.compat.Eventually;
import io.headrace.compat.FreePort;
import io.headrace.compat.JavaClients;
import io.headrace.compat.JavaProgram;
import io.headrace.compat.KafkaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MirrorMaker 2 copies from Apache Kafka to Headrace and from Headrace to Apache Kafka: records, configurations, group offsets. */
@Timeout(300)
class MirrorMakerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 300;

    @TempDir
    Path directory;

    private KafkaProcess kafka;
    private BrokerProcess headrace;
    private JavaClients ofKafka;
    private JavaClients ofHeadrace;
    private JavaProgram mirror;

    /** What of a record has to arrive. */
    private record Copied(long timestamp, String key, String value, List<String> headers) {

        static Copied of(ConsumerRecord<String, String> record) {
            List<String> headers = new ArrayList<>();
            record.headers()
                    .forEach(header ->
                            headers.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)));
            return new Copied(record.timestamp(), record.key(), record.value(), headers);
        }
    }

    @BeforeEach
    void start() {
        kafka = KafkaProcess.in(directory.resolve("kafka")).startedQuickly();
        kafka.set("group.initial.rebalance.delay.ms", "0");
        headrace = BrokerProcess.in(directory.resolve("headrace")).onPort(FreePort.any());
        ofKafka = new JavaClients(kafka.bootstrap());
        ofHeadrace = new JavaClients(headrace.bootstrap());
        kafka.formatted().start();
        headrace.start();
    }

    @AfterEach
    void end() {
        if (mirror != null) {
            mirror.close();
        }
        headrace.close();
        kafka.close();
        ofKafka.close();
        ofHeadrace.close();
    }

    @Test
    void recordsConfigurationsAndOffsetsAreCopiedBothWays() throws Exception {
        fill(ofKafka, "orders", Map.of("retention.ms", "87654321", "max.message.bytes", "777777"));
        fill(ofHeadrace, "invoices", Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.75"));
        mirror = JavaProgram.startOfKafka(
                "mirror-maker",
                "org.apache.kafka.connect.mirror.MirrorMaker",
                configuration().toString());
        try {
            assertCopied(ofKafka, "orders", ofHeadrace, "kafka.orders");
            assertCopied(ofHeadrace, "invoices", ofKafka, "headrace.invoices");

            assertConfigured(
                    ofHeadrace, "kafka.orders", Map.of("retention.ms", "87654321", "max.message.bytes", "777777"));
            assertConfigured(
                    ofKafka,
                    "headrace.invoices",
                    Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.75"));

            commitAtEnd(ofKafka, "billing", "orders");
            commitAtEnd(ofHeadrace, "audit", "invoices");
            assertTranslated(ofHeadrace, "billing", "kafka.orders");
            assertTranslated(ofKafka, "audit", "headrace.invoices");
        } catch (Exception | AssertionError e) {
            e.addSuppressed(new IllegalStateException(headrace.output() + mirror.output()));
            throw e;
        }
    }

    private Path configuration() throws IOException {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "clusters", "kafka, headrace",
                "kafka.bootstrap.servers", kafka.bootstrap(),
                "headrace.bootstrap.servers", headrace.bootstrap(),
                "kafka->headrace.enabled", "true",
                "kafka->headrace.topics", "orders",
                "headrace->kafka.enabled", "true",
                "headrace->kafka.topics", "invoices",
                "replication.factor", "1",
                "sync.group.offsets.enabled", "true",
                "offset.lag.max", "0"));
        for (String topic : List.of("checkpoints", "heartbeats", "offset-syncs")) {
            settings.put(topic + ".topic.replication.factor", "1");
        }
        for (String topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.replication.factor", "1");
        }
        for (String interval : List.of(
                "refresh.topics",
                "refresh.groups",
                "sync.topic.configs",
                "sync.group.offsets",
                "emit.checkpoints",
                "emit.heartbeats")) {
            settings.put(interval + ".interval.seconds", "1");
        }
        Path file = directory.resolve("mirror.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private static void fill(JavaClients clients, String topic, Map<String, String> configs) throws Exception {
        clients.createTopic(topic, PARTITIONS, configs);
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            ProducerRecord<String, String> record = new ProducerRecord<>(
                    topic, i % PARTITIONS, 1_700_000_000_000L + i, "key-" + i, i % 10 == 9 ? null : "value-" + i);
            record.headers().add("number", Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            records.add(record);
        }
        try (Producer<String, String> producer = clients.producer()) {
            JavaClients.send(producer, records);
        }
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static void assertCopied(JavaClients from, String source, JavaClients to, String target) throws Exception {
        Eventually.until(target + " is there", PATIENCE, () -> exists(to.admin(), target));
        Map<Integer, List<Copied>> original = read(from, source);
        Eventually.until(target + " is full", PATIENCE, () -> read(to, target).equals(original));
    }

    private static boolean exists(Admin admin, String topic) throws Exception {
        return admin.listTopics().names().get().contains(topic);
    }

    private static Map<Integer, List<Copied>> read(JavaClients clients, String topic) {
        Map<Integer, List<Copied>> records = new HashMap<>();
        try (Consumer<String, String> reader = clients.consumer()) {
            reader.assign(partitions(topic));
            reader.seekToBeginning(partitions(topic));
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions(topic));
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> record : reader.poll(Duration.ofMillis(100))) {
                    records.computeIfAbsent(record.partition(), _ -> new ArrayList<>())
                            .add(Copied.of(record));
                }
            }
        }
        return records;
    }

    private static void assertConfigured(JavaClients clients, String topic, Map<String, String> expected)
            throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        for (Map.Entry<String, String> config : expected.entrySet()) {
            Eventually.until(
                    topic + " has " + config,
                    PATIENCE,
                    () -> clients.admin()
                            .describeConfigs(Set.of(resource))
                            .all()
                            .get()
                            .get(resource)
                            .get(config.getKey())
                            .value()
                            .equals(config.getValue()));
        }
    }

    private static void commitAtEnd(JavaClients clients, String group, String topic) {
        try (Consumer<String, String> reader = clients.consumer("group.id", group)) {
            reader.assign(partitions(topic));
            reader.endOffsets(partitions(topic))
                    .forEach((partition, end) -> reader.commitSync(Map.of(partition, new OffsetAndMetadata(end))));
        }
    }

    /** The group may go on at the other cluster behind the last record. */
    private static void assertTranslated(JavaClients clients, String group, String topic) throws Exception {
        Map<TopicPartition, Long> ends;
        try (Consumer<String, String> reader = clients.consumer()) {
            ends = reader.endOffsets(partitions(topic));
        }
        Eventually.until("the offsets of " + group + " are translated", PATIENCE, () -> {
            Map<TopicPartition, Long> committed = new HashMap<>();
            clients.admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> committed.put(partition, offset.offset()));
            return committed.equals(ends);
        });
    }
}
