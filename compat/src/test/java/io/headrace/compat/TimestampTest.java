package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    private static final long NOON = 1_700_000_000_000L;
    private static final long HOUR = 3_600_000;

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @Test
    void aProducersTimeIsKept() throws Exception {
        TopicPartition partition = server.clients().partition("create-time");
        List<RecordMetadata> placed = send(partition, NOON, NOON - 5, NOON + 5);

        List<ConsumerRecord<String, String>> read = server.clients().read(partition, 3);

        assertThat(read).extracting(ConsumerRecord::timestamp).containsExactly(NOON, NOON - 5, NOON + 5);
        assertThat(read).extracting(ConsumerRecord::timestampType).containsOnly(TimestampType.CREATE_TIME);
        assertThat(placed).extracting(RecordMetadata::timestamp).containsExactly(NOON, NOON - 5, NOON + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "lz4"})
    void theBrokersTimeTakesItsPlaceWhereTheTopicSaysSo(String compression) throws Exception {
        TopicPartition partition = server.clients()
                .partition("append-time-" + compression, Map.of("message.timestamp.type", "LogAppendTime"));
        long before = System.currentTimeMillis();

        RecordMetadata placed;
        try (Producer<String, String> producer = server.clients().producer("compression.type", compression)) {
            placed = producer.send(new ProducerRecord<>(partition.topic(), 0, NOON, null, "late"))
                    .get();
        }

        ConsumerRecord<String, String> read =
                server.clients().read(partition, 1).getFirst();
        assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(read.timestamp()).isBetween(before, System.currentTimeMillis());
        assertThat(placed.timestamp()).isEqualTo(read.timestamp());
    }

    @Test
    void aTimeOutsideOfTheTopicsBoundsIsRefused() throws Exception {
        TopicPartition partition = server.clients()
                .partition(
                        "bounded",
                        Map.of(
                                "message.timestamp.before.max.ms", Long.toString(HOUR),
                                "message.timestamp.after.max.ms", Long.toString(HOUR)));
        long now = System.currentTimeMillis();

        try (Producer<String, String> producer = server.clients().producer("linger.ms", "0")) {
            assertThat(JavaClients.failure(sendAt(producer, partition, now - 2 * HOUR)))
                    .isInstanceOf(InvalidTimestampException.class);
            assertThat(JavaClients.failure(sendAt(producer, partition, now + 2 * HOUR)))
                    .isInstanceOf(InvalidTimestampException.class);
            assertThat(sendAt(producer, partition, now - HOUR / 2).get().offset())
                    .isZero();
        }
    }

    @Test
    void byDefaultTheFutureIsBoundedAndThePastIsNot() throws Exception {
        TopicPartition partition = server.clients().partition("default-bounds");

        try (Producer<String, String> producer = server.clients().producer("linger.ms", "0")) {
            assertThat(JavaClients.failure(sendAt(producer, partition, System.currentTimeMillis() + 2 * HOUR)))
                    .isInstanceOf(InvalidTimestampException.class);
            assertThat(sendAt(producer, partition, 0).get().offset()).isZero();
        }
    }

    @Test
    void offsetsAreFoundByTime() throws Exception {
        TopicPartition partition = server.clients().partition("by-time");
        send(partition, NOON, NOON + 10, NOON + 20, NOON + 15, NOON + 30);

        try (Consumer<String, String> consumer = server.clients().consumer()) {
            assertThat(offsetFor(consumer, partition, NOON - 1)).isEqualTo(new OffsetAndTimestamp(0, NOON, epoch()));
            assertThat(offsetFor(consumer, partition, NOON + 10))
                    .isEqualTo(new OffsetAndTimestamp(1, NOON + 10, epoch()));
            assertThat(offsetFor(consumer, partition, NOON + 11))
                    .isEqualTo(new OffsetAndTimestamp(2, NOON + 20, epoch()));
            assertThat(offsetFor(consumer, partition, NOON + 21))
                    .isEqualTo(new OffsetAndTimestamp(4, NOON + 30, epoch()));
            assertThat(offsetFor(consumer, partition, NOON + 31)).isNull();
        }
    }

    /** Each record in a batch of its own, over many index entries, and all times asked for. */
    @Test
    void offsetsAreFoundByTimeAmongManyBatches() throws Exception {
        TopicPartition partition = server.clients().partition("by-time-many", Map.of("index.interval.bytes", "200"));
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<String, String> producer = server.clients().producer("batch.size", "0", "linger.ms", "0")) {
            for (int i = 0; i < 300; i++) {
                sent.add(sendAt(producer, partition, NOON + 10L * i));
            }
            for (Future<RecordMetadata> answer : sent) {
                answer.get();
            }
        }

        try (Consumer<String, String> consumer = server.clients().consumer()) {
            for (int i = 0; i < 300; i += 7) {
                assertThat(offsetFor(consumer, partition, NOON + 10L * i - 3).offset())
                        .isEqualTo(i);
                assertThat(offsetFor(consumer, partition, NOON + 10L * i).offset())
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void theSpecialOffsetsAreListed() throws Exception {
        TopicPartition partition = server.clients().partition("specials");
        assertThat(listed(partition, OffsetSpec.maxTimestamp()).offset()).isEqualTo(-1);
        assertThat(listed(partition, OffsetSpec.latest()).offset()).isZero();
        send(partition, NOON, NOON + 99, NOON + 50, NOON + 99, NOON + 1);

        assertThat(listed(partition, OffsetSpec.earliest()).offset()).isZero();
        assertThat(listed(partition, OffsetSpec.latest()).offset()).isEqualTo(5);
        assertThat(listed(partition, OffsetSpec.maxTimestamp()).offset()).isEqualTo(1);
        assertThat(listed(partition, OffsetSpec.maxTimestamp()).timestamp()).isEqualTo(NOON + 99);
        assertThat(listed(partition, OffsetSpec.forTimestamp(NOON + 51)).offset())
                .isEqualTo(1);
        assertThat(listed(partition, OffsetSpec.forTimestamp(NOON + 100)).offset())
                .isEqualTo(-1);
        assertThat(listed(partition, OffsetSpec.earliestLocal()).offset()).isZero();
        assertThat(listed(partition, OffsetSpec.latestTiered()).offset()).isEqualTo(-1);
    }

    private static Optional<Integer> epoch() {
        return Optional.of(0);
    }

    private static ListOffsetsResultInfo listed(TopicPartition partition, OffsetSpec spec) throws Exception {
        return server.clients()
                .admin()
                .listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .get();
    }

    private static OffsetAndTimestamp offsetFor(
            Consumer<String, String> consumer, TopicPartition partition, long time) {
        return consumer.offsetsForTimes(Map.of(partition, time)).get(partition);
    }

    /** One batch, as far as the producer sees to it. */
    private static List<RecordMetadata> send(TopicPartition partition, long... times) throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (long time : times) {
            records.add(new ProducerRecord<>(partition.topic(), partition.partition(), time, null, "at " + time));
        }
        try (Producer<String, String> producer = server.clients().producer("linger.ms", "50")) {
            return JavaClients.send(producer, records);
        }
    }

    private static Future<RecordMetadata> sendAt(
            Producer<String, String> producer, TopicPartition partition, long time) {
        return producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), time, null, "at " + time));
    }
}
