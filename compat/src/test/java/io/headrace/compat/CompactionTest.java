package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compacted topic is written while it is compacted and the server is killed; in the end it tells of every key what was
 * acknowledged last.
 */
@Timeout(300)
class CompactionTest {

    private static final int KEYS = 50;
    private static final int KILLS = 3;
    private static final int RECORDS_BETWEEN_KILLS = 6_000;
    private static final Map<String, String> COMPACTED = Map.of(
            "cleanup.policy",
            "compact",
            "segment.bytes",
            "1048576",
            "min.cleanable.dirty.ratio",
            "0.01",
            "delete.retention.ms",
            "500");

    @TempDir
    Path directory;

    private final Random random = new Random(1);
    private final Map<String, String> latest = new HashMap<>();
    private ServerProcess server;
    private JavaClients clients;

    @BeforeEach
    void start() {
        server = TestServer.in(directory, Map.of("log.cleaner.backoff.ms", "50"));
        server.start();
        clients = new JavaClients(server.bootstrap());
    }

    @AfterEach
    void end() {
        clients.close();
        server.close();
    }

    @Test
    void everyKeyHasItsLastValueUnderLoadAndKills() throws Exception {
        TopicPartition table = clients.partition("table", COMPACTED);
        for (int kill = 0; kill < KILLS; kill++) {
            FutureTask<Boolean> writing = new FutureTask<>(() -> {
                write(table, RECORDS_BETWEEN_KILLS);
                return true;
            });
            long endBefore = endOf(table);
            Thread.ofPlatform().start(writing);
            Eventually.until("a third of the records", () -> endOf(table) > endBefore + RECORDS_BETWEEN_KILLS / 3);
            server.kill();
            server.start();
            assertThat(writing.get()).isTrue();
        }
        write(table, RECORDS_BETWEEN_KILLS);

        Eventually.until("the log to be compacted", () -> recordsIn(table) < KILLS * RECORDS_BETWEEN_KILLS);
        assertThat(table(table)).isEqualTo(latest);
        server.stop();
        assertFilesAreSound();
        server.start();
        assertThat(table(table)).isEqualTo(latest);
    }

    @Test
    void anOffsetThatIsNoMoreLeadsToTheNextOne() throws Exception {
        TopicPartition table = clients.partition("table", COMPACTED);
        write(table, RECORDS_BETWEEN_KILLS);
        Eventually.until("the log to be compacted", () -> recordsIn(table) < RECORDS_BETWEEN_KILLS / 2);

        List<Long> offsets =
                clients.read(table, 1).stream().map(ConsumerRecord::offset).toList();
        assertThat(offsets.getFirst()).isPositive();
        try (Consumer<String, String> consumer = clients.consumer()) {
            consumer.assign(List.of(table));
            consumer.seek(table, 1);
            assertThat(JavaClients.poll(consumer, 1).getFirst().offset()).isEqualTo(offsets.getFirst());
            OffsetAndTimestamp first =
                    consumer.offsetsForTimes(Map.of(table, 1L)).get(table);
            assertThat(first.offset()).isEqualTo(offsets.getFirst());
        }
    }

    @Test
    void aRecordWithoutKeyIsRefusedByItself() throws Exception {
        TopicPartition table = clients.partition("table", COMPACTED);
        try (Producer<String, String> producer = clients.producer()) {
            Future<RecordMetadata> keyless = producer.send(new ProducerRecord<>("table", 0, null, "value"));

            assertThat(JavaClients.failure(keyless)).isInstanceOf(InvalidRecordException.class);
            assertThat(JavaClients.send(producer, List.of(new ProducerRecord<>("table", 0, "key", "value"))))
                    .hasSize(1);
        }
        assertThat(clients.readValues(table, 1)).containsExactly("value");
    }

    /** One in five deletes its key; what is not acknowledged is sent again until it is, in order. */
    private void write(TopicPartition to, int count) throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = "key" + random.nextInt(KEYS);
            String value = random.nextInt(5) == 0 ? null : noise();
            records.add(new ProducerRecord<>(to.topic(), to.partition(), key, value));
            if (value == null) {
                latest.remove(key);
            } else {
                latest.put(key, value);
            }
        }
        try (Producer<String, String> producer = clients.producer("compression.type", "lz4", "batch.size", "20000")) {
            JavaClients.send(producer, records);
        }
    }

    /** What no codec makes much smaller, so that segments fill and roll. */
    private String noise() {
        return LongStream.generate(random::nextLong)
                .limit(40)
                .mapToObj(Long::toHexString)
                .collect(Collectors.joining());
    }

    private Map<String, String> table(TopicPartition partition) {
        Map<String, String> table = new TreeMap<>();
        for (ConsumerRecord<String, String> record : all(partition)) {
            if (record.value() == null) {
                table.remove(record.key());
            } else {
                table.put(record.key(), record.value());
            }
        }
        return table;
    }

    private long endOf(TopicPartition partition) {
        try (Consumer<String, String> consumer = clients.consumer()) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private int recordsIn(TopicPartition partition) {
        return all(partition).size();
    }

    private List<ConsumerRecord<String, String>> all(TopicPartition partition) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (Consumer<String, String> consumer = clients.consumer()) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long before = -1;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    assertThat(record.offset()).isGreaterThan(before);
                    before = record.offset();
                    records.add(record);
                }
            }
        }
        return records;
    }

    private void assertFilesAreSound() throws Exception {
        if (TestServer.isKafka()) {
            return;
        }
        List<String> suffixes = List.of(".log", ".index", ".timeindex", ".txnindex");
        DumpTool.Dump dump = DumpTool.of(DumpTool.files(server, "table-0", suffixes), "--deep-iteration");
        assertThat(dump.complaintsBesideGaps()).isEmpty();
        assertThat(dump.printed()).doesNotContain("isvalid: false").doesNotContain("invalid bytes");
        assertThat(server.dataDirectory().resolve("cleaner-offset-checkpoint"))
                .content()
                .contains("table 0 ");
    }
}
