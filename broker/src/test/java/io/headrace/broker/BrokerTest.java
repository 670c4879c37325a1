package io.headrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.runtime.NioDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker in this JVM, with the official client. What the shipped jar does is tested as a process elsewhere. */
class BrokerTest {

    @TempDir
    Path data;

    private Broker start() throws IOException {
        return start(new LinkedHashMap<>());
    }

    private Broker start(Map<String, String> settings) throws IOException {
        return Broker.start(settings(settings));
    }

    private Map<String, String> settings(Map<String, String> settings) {
        settings.put("listeners", "PLAINTEXT://127.0.0.1:0");
        settings.put("log.dirs", data.toString());
        settings.put("num.network.threads", "2");
        return settings;
    }

    private static Properties client(Broker broker) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "127.0.0.1:" + broker.address().getPort());
        return properties;
    }

    private static void produce(Broker broker, String topic, int from, int to) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, 0, "k" + i, "v" + i)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static List<String> consume(Broker broker, String topic, int count) {
        List<String> values = new ArrayList<>();
        for (ConsumerRecord<String, String> record : read(broker, topic, count)) {
            values.add(record.value());
        }
        return values;
    }

    private static List<ConsumerRecord<String, String>> read(Broker broker, String topic, int count) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }

    private static List<String> values(int from, int to) {
        List<String> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            values.add("v" + i);
        }
        return values;
    }

    @Test
    void whatWasProducedIsConsumedInOrder() throws Exception {
        try (Broker broker = start()) {
            produce(broker, "numbers", 0, 1_000);

            assertThat(consume(broker, "numbers", 1_000)).isEqualTo(values(0, 1_000));
        }
    }

    @Test
    void aRestartKeepsTopicsAndRecords() throws Exception {
        try (Broker broker = start()) {
            produce(broker, "numbers", 0, 100);
        }
        try (Broker broker = start()) {
            produce(broker, "numbers", 100, 200);

            assertThat(consume(broker, "numbers", 200)).isEqualTo(values(0, 200));
        }
    }

    @Test
    void whoShowsWhatIsNotDurableBeginsANewLeaderEpochAfterAnUncleanStop() throws Exception {
        Map<String, String> written = new LinkedHashMap<>(Map.of("acks.all", "written"));
        try (Broker broker = start(written)) {
            produce(broker, "numbers", 0, 1);
        }
        Files.delete(data.resolve(".kafka_cleanshutdown"));
        try (Broker broker = start(written)) {
            produce(broker, "numbers", 1, 2);

            List<ConsumerRecord<String, String>> records = read(broker, "numbers", 2);
            assertThat(records.get(0).leaderEpoch()).hasValue(0);
            assertThat(records.get(1).leaderEpoch()).hasValue(1);
        }
    }

    /** The logs that a fetch asks for have to be opened first, and take the whole allowance until it is known that they are empty. */
    @Test
    void aSmallFetchOfManyPartitionsFindsTheOneThatHasRecords() throws Exception {
        int last = 39;
        try (Broker broker = start(new LinkedHashMap<>(Map.of("num.partitions", "40")))) {
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("sparse", last, "k", "v")).get();
            }
        }
        try (Broker broker = start()) {
            Properties properties = client(broker);
            properties.put("fetch.max.bytes", "2000000");
            properties.put("fetch.max.wait.ms", "60000");
            properties.put("request.timeout.ms", "90000");
            try (KafkaConsumer<String, String> consumer =
                    new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
                List<TopicPartition> partitions = new ArrayList<>();
                for (int i = 0; i <= last; i++) {
                    partitions.add(new TopicPartition("sparse", i));
                }
                consumer.assign(partitions);
                partitions.forEach(partition -> consumer.seek(partition, 0));

                assertThat(consumer.poll(Duration.ofSeconds(30)).count()).isEqualTo(1);
                // Its next fetch waits for a minute, and it would for that.
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
        }
    }

    @Test
    @Timeout(60)
    void whatHasExpiredGoesEvenIfNobodyUsesItsLog() throws Exception {
        try (Broker broker = start()) {
            produce(broker, "young", 0, 1);
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
                long twoDaysAgo = System.currentTimeMillis() - 48 * 3_600_000L;
                producer.send(new ProducerRecord<>("old", 0, twoDaysAgo, "k", "v"))
                        .get();
            }
        }
        Map<String, String> oneDay = Map.of("log.retention.hours", "24", "log.retention.check.interval.ms", "20");
        try (Broker _ = start(new LinkedHashMap<>(oneDay))) {
            while (Files.exists(data.resolve("old-0/00000000000000000000.log"))) {
                LockSupport.parkNanos(1_000_000);
            }

            assertThat(data.resolve("old-0/00000000000000000001.log")).exists();
            assertThat(data.resolve("young-0/00000000000000000000.log")).exists();
        }
    }

    /** What a kill leaves is what the files hold at that moment. */
    @Test
    @Timeout(60)
    void whatHasBeenFlushedInQuantityIsNotReadAgainAfterAKill(@TempDir Path killed) throws Exception {
        Map<String, String> notByTheClock =
                settings(new LinkedHashMap<>(Map.of("log.flush.offset.checkpoint.interval.ms", "3600000")));
        BrokerBounds by100Kilobytes = new BrokerBounds(Limits.STOP_DISK_MS, 100_000);
        try (Broker broker = Broker.start(notByTheClock, new NioDisk(), by100Kilobytes)) {
            produceVersions(broker, "large", 10);
            produce(broker, "small", 0, 10);
            Path checkpoint = data.resolve("recovery-point-offset-checkpoint");
            while (!Files.exists(checkpoint) || !Files.readString(checkpoint).contains("large 0 10\n")) {
                LockSupport.parkNanos(1_000_000);
            }

            assertThat(Files.readString(checkpoint)).doesNotContain("small 0 10\n");
            copyOfTheData(killed);
        }
        data = killed;
        try (Broker broker = start()) {
            assertThat(read(broker, "large", 10)).hasSize(10);
            assertThat(consume(broker, "small", 10)).isEqualTo(values(0, 10));
        }
    }

    private void copyOfTheData(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(path -> !path.equals(data)).toList()) {
                Files.copy(file, target.resolve(data.relativize(file)));
            }
        }
    }

    @Test
    @Timeout(60)
    void whatIsDirtyIsCompactedEvenIfNobodyUsesItsLog() throws Exception {
        Map<String, String> dirty = compacted(Map.of("log.segment.bytes", "1048576", "log.cleaner.enable", "false"));
        try (Broker broker = start(dirty)) {
            produceVersions(broker, "table", 40);
        }
        try (Broker broker = start(compacted(Map.of("log.segment.bytes", "1048576")))) {
            awaitCompaction("table");

            assertThat(read(broker, "table", 1).getFirst().offset()).isPositive();
        }
    }

    @Test
    @Timeout(60)
    void whatHasWaitedTooLongIsCompactedEvenIfNobodyUsesItsLog() throws Exception {
        try (Broker broker = start(compacted(Map.of("log.cleaner.enable", "false")))) {
            produceVersions(broker, "table", 2);
        }
        try (Broker broker = start(compacted(Map.of("log.cleaner.max.compaction.lag.ms", "1")))) {
            awaitCompaction("table");

            assertThat(read(broker, "table", 1).getFirst().offset()).isPositive();
        }
    }

    private Map<String, String> compacted(Map<String, String> more) {
        Map<String, String> settings =
                new LinkedHashMap<>(Map.of("log.cleanup.policy", "compact", "log.cleaner.backoff.ms", "20"));
        settings.putAll(more);
        return settings;
    }

    /** So many records of one key, 100 KB each. */
    private static void produceVersions(Broker broker, String topic, int count) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, 0, "k", "v".repeat(100_000)))
                        .get();
            }
        }
    }

    private void awaitCompaction(String topic) throws IOException {
        Path checkpoint = data.resolve("cleaner-offset-checkpoint");
        while (!Files.exists(checkpoint) || !Files.readString(checkpoint).contains(topic + " 0 ")) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void whoGoesWhileItWaitsForRecordsIsNotWaitedFor() throws Exception {
        try (Broker broker = start()) {
            produce(broker, "quiet", 0, 1);
            try (RawConnection connection = RawConnection.to(broker)) {
                connection.sendFetch("quiet", 0, 1, 60_000);
                connection.endOutput();

                assertThat(connection.receiveFetch().responses()).isNotEmpty();
            }
        }
    }

    @Test
    void aDataDirectoryWithoutANameIsNotTakenForThePresentOne() {
        assertThatThrownBy(() -> Broker.start(Map.of("log.dirs", " "))).hasMessage("the data directory has no name");
    }

    @Test
    void aStartThatFailsLeavesTheLogsAsCleanAsTheyWere() throws Exception {
        start().close();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = settings(new LinkedHashMap<>());
            settings.put("listeners", "PLAINTEXT://127.0.0.1:" + taken.getLocalPort());

            assertThatThrownBy(() -> Broker.start(settings)).hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }

        assertThat(data.resolve(".kafka_cleanshutdown")).exists();
        start().close();
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Broker broker = start();
        broker.close();
        broker.close();

        assertThat(data.resolve(".kafka_cleanshutdown")).exists();
    }
}
