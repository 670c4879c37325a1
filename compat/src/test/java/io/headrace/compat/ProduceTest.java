package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceTest {

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void whatIsSentIsReadBackInOrderWithAcks(String acks) throws Exception {
        TopicPartition partition = server.clients().partition("acks-" + acks);
        List<String> values = numbered(500);

        List<RecordMetadata> placed;
        try (Producer<String, String> producer = server.clients()
                .producer("acks", acks, "enable.idempotence", "false", "linger.ms", "0", "batch.size", "1000")) {
            placed = JavaClients.send(producer, records(partition, values));
        }

        assertThat(server.clients().readValues(partition, 500)).isEqualTo(values);
        if (!acks.equals("0")) {
            assertThat(placed).extracting(RecordMetadata::offset).containsExactlyElementsOf(offsets(500));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none, true", "gzip, true", "snappy, true", "lz4, true", "zstd, true",
        "none, false", "gzip, false", "snappy, false", "lz4, false", "zstd, false"
    })
    void everyCompressionIsReadBack(String compression, boolean idempotent) throws Exception {
        TopicPartition partition = server.clients().partition("codec-" + compression + "-" + idempotent);
        List<String> values = numbered(2_000);

        try (Producer<String, String> producer = server.clients()
                .producer("compression.type", compression, "enable.idempotence", Boolean.toString(idempotent))) {
            JavaClients.send(producer, records(partition, values));
        }

        assertThat(server.clients().readValues(partition, 2_000)).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "gzip", "snappy", "lz4", "zstd"})
    void theTopicsCompressionWinsOverTheProducers(String stored) throws Exception {
        TopicPartition partition =
                server.clients().partition("recompressed-" + stored, Map.of("compression.type", stored));
        List<String> values = new ArrayList<>();
        for (String sent : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            List<String> some = numbered(300).stream().map(sent::concat).toList();
            values.addAll(some);
            try (Producer<String, String> producer =
                    server.clients().producer("compression.type", sent, "linger.ms", "20")) {
                JavaClients.send(producer, records(partition, some));
            }
        }

        assertThat(server.clients().readValues(partition, values.size())).isEqualTo(values);
        String expected = stored.equals("uncompressed") ? "none" : stored;
        assertThat(StoredBatches.of(server.process().dataDirectory(), partition))
                .allSatisfy(batch -> assertThat(batch.compression()).isEqualTo(expected));
    }

    @Test
    void withoutACompressionOfItsOwnTheTopicKeepsWhatWasSent() throws Exception {
        TopicPartition partition = server.clients().partition("as-sent");
        for (String sent : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            try (Producer<String, String> producer =
                    server.clients().producer("compression.type", sent, "linger.ms", "100")) {
                JavaClients.send(producer, records(partition, numbered(50)));
            }
        }

        server.clients().read(partition, 250);
        assertThat(StoredBatches.of(server.process().dataDirectory(), partition))
                .extracting(StoredBatches.Batch::compression)
                .containsSubsequence("none", "gzip", "snappy", "lz4", "zstd");
    }

    @Test
    void headersNullKeysAndNullValuesSurvive() throws Exception {
        TopicPartition partition = server.clients().partition("shapes");
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", "a1".getBytes(StandardCharsets.UTF_8));
        headers.add("trace", "b2".getBytes(StandardCharsets.UTF_8));
        headers.add("nothing", null);
        headers.add(new RecordHeader("", new byte[0]));
        ProducerRecord<String, String> full =
                new ProducerRecord<>("shapes", 0, 1_700_000_000_000L, "key", "value", headers);
        ProducerRecord<String, String> keyless = new ProducerRecord<>("shapes", 0, null, "value");
        ProducerRecord<String, String> valueless = new ProducerRecord<>("shapes", 0, "key", null);
        ProducerRecord<String, String> empty = new ProducerRecord<>("shapes", 0, "", "");

        try (Producer<String, String> producer = server.clients().producer()) {
            JavaClients.send(producer, List.of(full, keyless, valueless, empty));
        }

        List<ConsumerRecord<String, String>> read = server.clients().read(partition, 4);
        assertThat(read.getFirst().headers()).isEqualTo(headers);
        assertThat(read.getFirst().timestamp()).isEqualTo(1_700_000_000_000L);
        assertThat(read).extracting(ConsumerRecord::key).containsExactly("key", null, "key", "");
        assertThat(read).extracting(ConsumerRecord::value).containsExactly("value", "value", null, "");
    }

    @Test
    void aRecordOfThirtyMegabytesPasses() throws Exception {
        TopicPartition partition = server.clients()
                .partition("large", Map.of("max.message.bytes", "40000000", "segment.bytes", "104857600"));
        String large = "x".repeat(30_000_000);

        try (Producer<String, String> producer =
                server.clients().producer("max.request.size", "50000000", "buffer.memory", "64000000")) {
            JavaClients.send(producer, records(partition, List.of(large, "small")));
        }

        assertThat(server.clients().readValues(partition, 2)).containsExactly(large, "small");
    }

    @Test
    void theTopicsLargestBatchIsItsOwn() throws Exception {
        TopicPartition narrow = server.clients().partition("narrow", Map.of("max.message.bytes", "1000"));
        TopicPartition wide = server.clients().partition("wide", Map.of("max.message.bytes", "2000000"));
        String thousand = "x".repeat(1_000);
        String million = "y".repeat(1_500_000);

        try (Producer<String, String> producer = server.clients().producer("max.request.size", "10000000")) {
            Future<RecordMetadata> refused = producer.send(new ProducerRecord<>("narrow", 0, null, thousand));
            Future<RecordMetadata> taken = producer.send(new ProducerRecord<>("wide", 0, null, million));

            assertThat(JavaClients.failure(refused)).isInstanceOf(RecordTooLargeException.class);
            assertThat(taken.get().offset()).isZero();
            assertThat(producer.send(new ProducerRecord<>("narrow", 0, null, "small"))
                            .get()
                            .offset())
                    .isZero();
        }

        assertThat(server.clients().readValues(narrow, 1)).containsExactly("small");
        assertThat(server.clients().readValues(wide, 1)).containsExactly(million);
    }

    @Test
    void manyProducersOfOnePartitionDoNotMixTheirOrder() throws Exception {
        TopicPartition partition = server.clients().partition("crowd");
        List<Producer<String, String>> producers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            producers.add(server.clients().producer("batch.size", "200"));
        }
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            for (int i = 0; i < producers.size(); i++) {
                answers.add(producers.get(i).send(new ProducerRecord<>("crowd", 0, "p" + i, Integer.toString(n))));
            }
        }
        for (Future<RecordMetadata> answer : answers) {
            answer.get();
        }

        List<ConsumerRecord<String, String>> read = server.clients().read(partition, 1_600);
        for (int i = 0; i < producers.size(); i++) {
            String key = "p" + i;
            assertThat(read.stream().filter(record -> record.key().equals(key)))
                    .extracting(ConsumerRecord::value)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 200).mapToObj(Integer::toString).toList());
            producers.get(i).close();
        }
        assertThat(read).extracting(ConsumerRecord::offset).containsExactlyElementsOf(offsets(1_600));
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(n -> "value-" + n).toList();
    }

    private static List<Long> offsets(int count) {
        return IntStream.range(0, count).mapToObj(Long::valueOf).toList();
    }

    private static List<ProducerRecord<String, String>> records(TopicPartition partition, List<String> values) {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
        }
        return records;
    }
}
