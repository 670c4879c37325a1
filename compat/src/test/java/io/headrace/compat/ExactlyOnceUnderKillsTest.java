package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An idempotent producer that knows nothing of it sends on while the broker is killed and started again; in the end every
 * record is there, once and in its order. {@code -Dheadrace.long=true} ({@code ./dev torture}) sends a million records
 * under five kills, {@code -Dheadrace.seed=N} kills at other moments.
 */
class ExactlyOnceUnderKillsTest {

    private static final boolean LONG = Boolean.getBoolean("headrace.long");
    private static final int RECORDS = LONG ? 1_000_000 : 100_000;
    private static final int KILLS = LONG ? 5 : 3;
    private static final int PARTITIONS = 7;
    private static final String TOPIC = "ledger";

    @TempDir
    Path directory;

    private ServerProcess server;
    private JavaClients clients;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicReference<Exception> refused = new AtomicReference<>();

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(directory, Map.of());
        server.start();
        clients = new JavaClients(server.bootstrap());
        clients.createTopic(TOPIC, PARTITIONS, Map.of("segment.bytes", "1048576"));
    }

    @AfterEach
    void end() {
        clients.close();
        server.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Timeout(1_200)
    void everyRecordIsThereOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        long begun = System.nanoTime();
        try (Producer<String, String> producer = clients.producer(
                "acks", "all",
                "enable.idempotence", "true",
                "batch.size", "2000",
                "buffer.memory", "200000",
                "max.block.ms", "600000",
                "delivery.timeout.ms", "600000",
                "request.timeout.ms", "10000")) {
            Thread sender = Thread.ofPlatform().start(() -> sendAll(producer));
            for (int kill = 0; kill < KILLS; kill++) {
                int stretch = RECORDS / (KILLS + 1);
                int moment = kill * stretch + stretch / 2 + random.nextInt(stretch);
                awaitAcknowledged(moment);
                server.kill();
                server.start();
            }
            sender.join();
            producer.flush();
        }

        assertThat(refused.get()).isNull();
        assertThat(acknowledged.get()).isEqualTo(RECORDS);
        assertEveryRecordOnceAndInOrder();
        System.out.printf(
                "%,d records, %d kills, %d ms, each record once and in order%n",
                RECORDS, KILLS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    static List<Long> seeds() {
        return List.of(Long.getLong("headrace.seed", 1));
    }

    private void sendAll(Producer<String, String> producer) {
        for (int i = 0; i < RECORDS; i++) {
            ProducerRecord<String, String> record =
                    new ProducerRecord<>(TOPIC, i % PARTITIONS, null, Integer.toString(i));
            Future<RecordMetadata> _ = producer.send(record, (_, failure) -> {
                if (failure == null) {
                    acknowledged.incrementAndGet();
                } else {
                    refused.compareAndSet(null, failure);
                }
            });
        }
    }

    private void awaitAcknowledged(int count) throws Exception {
        int before = acknowledged.get();
        while (before < count && refused.get() == null) {
            int seen = before;
            Eventually.until("an acknowledgement after " + seen, () -> acknowledged.get() > seen);
            before = acknowledged.get();
        }
    }

    private void assertEveryRecordOnceAndInOrder() {
        int[] next = new int[PARTITIONS];
        for (int partition = 0; partition < PARTITIONS; partition++) {
            next[partition] = partition;
        }
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new TopicPartition(TOPIC, partition));
        }
        try (Consumer<String, String> consumer = clients.consumer()) {
            consumer.assign(partitions);
            long left = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(left).as("records in all partitions").isEqualTo(RECORDS);
            while (left > 0) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    assertThat(record.value())
                            .as("%s at %d", record.partition(), record.offset())
                            .isEqualTo(Integer.toString(next[record.partition()]));
                    next[record.partition()] += PARTITIONS;
                    left--;
                }
            }
        }
    }
}
