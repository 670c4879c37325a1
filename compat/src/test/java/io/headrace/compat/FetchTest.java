package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FetchTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @Test
    void aConsumerThatWaitsIsWokenByTheNextRecord() throws Exception {
        TopicPartition partition = server.clients().partition("long-poll");
        server.clients().produce(partition, "first");
        Consumer<String, String> consumer =
                server.clients().consumer("fetch.max.wait.ms", "20000", "fetch.min.bytes", "1");
        consumer.assign(List.of(partition));
        assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("first");

        // Puts a fetch on the wire, which the server holds back.
        assertThat(consumer.poll(Duration.ofMillis(300)).isEmpty()).isTrue();
        server.clients().produce(partition, "second");
        long start = System.nanoTime();
        ConsumerRecords<String, String> woken = consumer.poll(LONG);

        assertThat(woken.count()).isOne();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aFetchWaitsForAsManyBytesAsItAskedFor() throws Exception {
        TopicPartition partition = server.clients().partition("min-bytes");
        Consumer<String, String> consumer =
                server.clients().consumer("fetch.max.wait.ms", "20000", "fetch.min.bytes", "5000");
        consumer.assign(List.of(partition));
        server.clients().produce(partition, "x".repeat(1_000));
        assertThat(consumer.poll(Duration.ofMillis(500)).isEmpty()).isTrue();

        server.clients().produce(partition, "y".repeat(5_000));

        assertThat(JavaClients.poll(consumer, 2)).hasSize(2);
    }

    @Test
    void aFetchIsAnsweredEmptyWhenItsTimeIsUp() throws Exception {
        TopicPartition partition = server.clients().partition("time-up");
        try (Consumer<String, String> consumer =
                server.clients().consumer("fetch.max.wait.ms", "50", "fetch.min.bytes", "1000000")) {
            consumer.assign(List.of(partition));
            server.clients().produce(partition, "little");

            assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("little");
        }
    }

    @Test
    void oneConsumerFollowsTwoHundredPartitions() throws Exception {
        server.clients().createTopic("many", 200);
        List<TopicPartition> partitions = IntStream.range(0, 200)
                .mapToObj(p -> new TopicPartition("many", p))
                .toList();
        try (Consumer<String, String> consumer = server.clients().consumer();
                Producer<String, String> producer = server.clients().producer()) {
            consumer.assign(partitions);
            for (int round = 0; round < 5; round++) {
                List<ProducerRecord<String, String>> records = new ArrayList<>();
                for (TopicPartition partition : partitions) {
                    if (partition.partition() % (round + 1) == 0) {
                        records.add(new ProducerRecord<>("many", partition.partition(), null, "round " + round));
                    }
                }
                JavaClients.send(producer, records);

                List<ConsumerRecord<String, String>> read = JavaClients.poll(consumer, records.size());

                assertThat(JavaClients.values(read)).hasSize(records.size()).containsOnly("round " + round);
            }
        }
    }

    @Test
    void aPausedPartitionStaysBehindAndCatchesUp() throws Exception {
        server.clients().createTopic("paused", 2);
        TopicPartition flowing = new TopicPartition("paused", 0);
        TopicPartition paused = new TopicPartition("paused", 1);
        try (Consumer<String, String> consumer = server.clients().consumer()) {
            consumer.assign(List.of(flowing, paused));
            consumer.pause(List.of(paused));
            server.clients().produce(paused, "later");
            server.clients().produce(flowing, "now");
            assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("now");

            consumer.resume(List.of(paused));

            assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("later");
        }
    }

    @Test
    void aConsumerSeeksAnywhereAlsoIntoABatch() throws Exception {
        TopicPartition partition = server.clients().partition("seek");
        produceOneBatch(partition, 100);
        try (Consumer<String, String> consumer = server.clients().consumer()) {
            consumer.assign(List.of(partition));
            for (long offset : List.of(57L, 0L, 99L, 1L, 98L)) {
                consumer.seek(partition, offset);
                List<ConsumerRecord<String, String>> read = JavaClients.poll(consumer, 1);
                assertThat(read.getFirst().offset()).isEqualTo(offset);
                assertThat(read.getFirst().value()).isEqualTo("value-" + offset);
            }
            consumer.seekToEnd(List.of(partition));
            assertThat(consumer.position(partition)).isEqualTo(100);
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.position(partition)).isZero();
            assertThat(consumer.beginningOffsets(Set.of(partition))).isEqualTo(Map.of(partition, 0L));
            assertThat(consumer.endOffsets(Set.of(partition))).isEqualTo(Map.of(partition, 100L));
            assertThat(consumer.currentLag(partition)).hasValue(100);
        }
    }

    @Test
    void anOffsetBeyondTheEndIsOutOfRange() throws Exception {
        TopicPartition partition = server.clients().partition("out-of-range");
        server.clients().produce(partition, "only");
        try (Consumer<String, String> strict = server.clients().consumer("auto.offset.reset", "none")) {
            strict.assign(List.of(partition));
            strict.seek(partition, 2);
            assertThatThrownBy(() -> JavaClients.poll(strict, 1)).isInstanceOf(OffsetOutOfRangeException.class);
        }
        try (Consumer<String, String> lenient = server.clients().consumer("auto.offset.reset", "earliest")) {
            lenient.assign(List.of(partition));
            lenient.seek(partition, 2);
            assertThat(JavaClients.values(JavaClients.poll(lenient, 1))).containsExactly("only");
        }
    }

    @Test
    void aBatchLargerThanTheFetchStillComes() throws Exception {
        TopicPartition partition = server.clients().partition("large-batch");
        produceOneBatch(partition, 1_000);
        try (Consumer<String, String> consumer =
                server.clients().consumer("fetch.max.bytes", "10", "max.partition.fetch.bytes", "10")) {
            consumer.assign(List.of(partition));

            assertThat(JavaClients.poll(consumer, 1_000)).hasSize(1_000);
        }
    }

    @Test
    void smallFetchesOfManyPartitionsStarveNobody() throws Exception {
        server.clients().createTopic("fair", 10);
        String kilobyte = "x".repeat(1_000);
        try (Producer<String, String> producer = server.clients().producer("batch.size", "5000")) {
            List<ProducerRecord<String, String>> records = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                records.add(new ProducerRecord<>("fair", i % 10, null, kilobyte));
            }
            JavaClients.send(producer, records);
        }
        try (Consumer<String, String> consumer =
                server.clients().consumer("fetch.max.bytes", "20000", "max.partition.fetch.bytes", "10000")) {
            consumer.assign(IntStream.range(0, 10)
                    .mapToObj(p -> new TopicPartition("fair", p))
                    .toList());
            Set<Integer> seen = new TreeSet<>();
            for (ConsumerRecord<String, String> record : JavaClients.poll(consumer, 500)) {
                seen.add(record.partition());
            }

            assertThat(seen).hasSize(10);
        }
    }

    @Test
    void committedReadersSeeWhatWasNotPartOfATransaction() throws Exception {
        TopicPartition partition = server.clients().partition("committed");
        server.clients().produce(partition, "a", "b");
        try (Consumer<String, String> consumer = server.clients().consumer("isolation.level", "read_committed")) {
            consumer.assign(List.of(partition));

            assertThat(JavaClients.values(JavaClients.poll(consumer, 2))).containsExactly("a", "b");
            assertThat(consumer.endOffsets(Set.of(partition))).isEqualTo(Map.of(partition, 2L));
        }
    }

    private static void produceOneBatch(TopicPartition partition, int count) throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new ProducerRecord<>(partition.topic(), partition.partition(), null, "value-" + i));
        }
        try (Producer<String, String> producer =
                server.clients().producer("linger.ms", "1000", "batch.size", "500000")) {
            JavaClients.send(producer, records);
        }
        assertThat(StoredBatches.of(server.process().dataDirectory(), partition))
                .hasSize(1);
    }
}
