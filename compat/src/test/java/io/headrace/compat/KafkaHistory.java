package io.headrace.compat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Lets a server of Apache Kafka's live through everything that leaves something in its directory. */
final class KafkaHistory {

    static final TopicPartition CODECS = new TopicPartition("codecs", 1);
    static final TopicPartition TABLE = new TopicPartition("table", 0);
    static final TopicPartition LEDGER = new TopicPartition("ledger", 0);
    static final TopicPartition CUT = new TopicPartition("cut", 0);
    static final TopicPartition STAMPED = new TopicPartition("stamped", 0);
    static final int CUT_AT = 30;
    static final int TABLE_RECORDS = 6_000;

    /** Of transactions that ended, and of the one that did not. */
    static final String WRITER = "ledger-writer";

    static final String VANISHED = "ledger-vanished";
    static final String CLASSIC = "classic-group";
    static final String CONSUMER = "consumer-group";
    static final String TRANSFORM = "transform-group";
    static final String SIMPLE = "simple-group";
    static final List<String> GROUPS = List.of(CLASSIC, CONSUMER, TRANSFORM, SIMPLE);

    private static final List<String> COMPRESSION = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final int PER_CODEC = 400;
    private static final int GROUP_READS = 200;
    private static final Map<String, String> SMALL = Map.of("segment.bytes", "1048576", "index.interval.bytes", "1024");
    private static final Map<String, String> COMPACTED = Map.of(
            "cleanup.policy",
            "compact",
            "segment.bytes",
            "1048576",
            "min.cleanable.dirty.ratio",
            "0.01",
            "delete.retention.ms",
            "500");

    private final JavaClients clients;
    private final Random random = new Random(1);
    private final long nowMs = System.currentTimeMillis();

    KafkaHistory(JavaClients clients) {
        this.clients = clients;
    }

    void unfold() throws Exception {
        clients.createTopic("codecs", 2, SMALL);
        clients.partition("table", COMPACTED);
        clients.partition("ledger", Map.of("retention.ms", "123456789"));
        clients.partition("cut");
        clients.partition("stamped", Map.of("message.timestamp.type", "LogAppendTime"));
        clients.createTopic("empty", 3);
        clients.createTopic("gone", 1);
        everyCodec();
        clients.produce(STAMPED, "a", "b", "c");
        clients.produce(CUT, values(CUT_AT * 2));
        clients.admin()
                .deleteRecords(Map.of(CUT, RecordsToDelete.beforeOffset(CUT_AT)))
                .all()
                .get();
        compactedTable();
        transactions();
        groups();
        configurations();
        clients.admin().deleteTopics(List.of("gone")).all().get();
        Eventually.until(
                "Kafka to forget the topic",
                () -> !clients.admin().listTopics().names().get().contains("gone"));
    }

    private static String[] values(int count) {
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] = "v" + i;
        }
        return values;
    }

    private void everyCodec() throws Exception {
        for (String codec : COMPRESSION) {
            try (Producer<String, String> producer =
                    clients.producer("compression.type", codec, "batch.size", "8000", "linger.ms", "5")) {
                List<ProducerRecord<String, String>> records = new ArrayList<>();
                for (int i = 0; i < PER_CODEC; i++) {
                    records.add(withHeader(CODECS, "k" + i, noise(60)));
                    records.add(withHeader(new TopicPartition("codecs", 0), null, codec + i));
                }
                JavaClients.send(producer, records);
            }
        }
    }

    /** With times that go back and forth. */
    private ProducerRecord<String, String> withHeader(TopicPartition to, String key, String value) {
        ProducerRecord<String, String> record =
                new ProducerRecord<>(to.topic(), to.partition(), nowMs - random.nextInt(100_000), key, value);
        record.headers().add("length", Integer.toString(value.length()).getBytes(StandardCharsets.UTF_8));
        return record;
    }

    /** What no codec makes much smaller. */
    private String noise(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.toString();
    }

    private void compactedTable() throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < TABLE_RECORDS; i++) {
            String value = random.nextInt(5) == 0 ? null : noise(40);
            records.add(new ProducerRecord<>(TABLE.topic(), 0, "key" + random.nextInt(50), value));
        }
        try (Producer<String, String> producer = clients.producer("compression.type", "lz4", "batch.size", "20000")) {
            JavaClients.send(producer, records);
        }
        Eventually.until("Kafka to compact the table", () -> read(TABLE).size() < TABLE_RECORDS / 2);
    }

    private List<ConsumerRecord<String, String>> read(TopicPartition partition) {
        return Served.records(clients, partition, "read_uncommitted");
    }

    /** Committed, aborted, with offsets, and one that never ends. */
    private void transactions() throws Exception {
        try (Producer<String, String> producer = clients.producer("transactional.id", WRITER)) {
            producer.initTransactions();
            for (int i = 0; i < 4; i++) {
                producer.beginTransaction();
                producer.send(withHeader(LEDGER, "t" + i, "first of " + i)).get();
                producer.send(withHeader(LEDGER, "t" + i, "second of " + i)).get();
                producer.send(new ProducerRecord<>(TABLE.topic(), 0, "t" + i, "in " + i))
                        .get();
                producer.sendOffsetsToTransaction(Map.of(CODECS, new OffsetAndMetadata(i + 1)), transform());
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        Producer<String, String> vanished =
                clients.producer("transactional.id", VANISHED, "transaction.timeout.ms", "900000");
        vanished.initTransactions();
        vanished.beginTransaction();
        vanished.send(withHeader(LEDGER, "v", "never committed")).get();
        vanished.sendOffsetsToTransaction(Map.of(CODECS, new OffsetAndMetadata(777)), transform());
    }

    private ConsumerGroupMetadata transform() {
        try (Consumer<String, String> consumer = clients.consumer("group.id", TRANSFORM)) {
            return consumer.groupMetadata();
        }
    }

    private void groups() {
        readInGroup(CLASSIC, "classic");
        readInGroup(CONSUMER, "consumer");
        try (Consumer<String, String> consumer = clients.consumer("group.id", SIMPLE)) {
            consumer.assign(List.of(CODECS));
            consumer.commitSync(Map.of(CODECS, new OffsetAndMetadata(42, "said beside")));
        }
    }

    private void readInGroup(String group, String protocol) {
        try (Consumer<String, String> consumer =
                clients.consumer("group.id", group, "group.protocol", protocol, "max.poll.records", "100")) {
            consumer.subscribe(List.of("codecs"));
            JavaClients.poll(consumer, GROUP_READS);
            consumer.commitSync(Duration.ofSeconds(30));
        }
    }

    private void configurations() throws Exception {
        clients.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, "ledger"),
                        set("max.message.bytes", "2000000"),
                        new ConfigResource(ConfigResource.Type.BROKER, ""),
                        set("log.retention.ms", "987654321"),
                        new ConfigResource(ConfigResource.Type.BROKER, "1"),
                        set("message.max.bytes", "3000000"),
                        new ConfigResource(ConfigResource.Type.GROUP, CONSUMER),
                        set("consumer.session.timeout.ms", "50000")))
                .all()
                .get();
    }

    private static List<AlterConfigOp> set(String key, String value) {
        return List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
    }
}
