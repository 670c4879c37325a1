package io.headrace.app.cli;

import static io.headrace.app.cli.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.app.terminal.TerminalProbe;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordsTest {

    private final JsonRecords records = new JsonRecords("flights", null);

    @Test
    void aRecordIsOneObject() {
        assertThat(written(Records.of(
                        2,
                        5,
                        bytes("ATL"),
                        new byte[] {-1, 0},
                        new RecordHeader("h", bytes("x")),
                        new RecordHeader("n", null))))
                .isEqualTo("{\"topic\":\"flights\",\"partition\":2,\"offset\":5,\"timestamp\":978310020000,"
                        + "\"key\":\"ATL\",\"valueBase64\":\"/wA=\","
                        + "\"headers\":[{\"key\":\"h\",\"value\":\"x\"},{\"key\":\"n\",\"value\":null}]}\n");
    }

    @Test
    void aHandWrittenRecordMayHoldAnyJson() throws LineFormat.BadLine {
        ProducerRecord<byte[], byte[]> record =
                read("{\"value\": {\"delay\": [1, 2]}, \"key\": 7, \"headers\": {\"a\": \"1\"}}");

        assertThat(record.key()).isEqualTo(bytes("7"));
        assertThat(record.value()).isEqualTo(bytes("{\"delay\": [1, 2]}"));
        assertThat(record.headers()).containsExactly(new RecordHeader("a", bytes("1")));
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
    }

    @Test
    void aNullValueIsADeletionMarker() throws LineFormat.BadLine {
        assertThat(read("{\"key\":\"a\",\"value\":null}").value()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"vaule":1}                  | vaule is no field of a record; there are key, value, headers, partition and timestamp
                    {"partition":-1}             | partition is out of range
                    {"partition":4294967296}     | partition is out of range
                    {"timestamp":"now"}          | timestamp has to be a whole number
                    {"headers":3}                | headers has to be an object, or an array of key and value
                    {"headers":[{"value":"x"}]}  | an element of headers has to be an object with key and value
                    {"valueBase64":"*"}          | valueBase64 is no Base64
                    [1]                          | it is no JSON object
                    plain text                   | it is no JSON: 'p' is out of place at character 1
                    """)
    void aBadLineIsExplained(String line, String explanation) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(LineFormat.BadLine.class)
                .hasMessage(explanation);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatConsumeWritesProduceReadsByteForByte(long seed) throws LineFormat.BadLine {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Header[] headers = new Header[random.nextInt(3)];
            for (int i = 0; i < headers.length; i++) {
                headers[i] = new RecordHeader("h" + random.nextInt(2), randomBytes(random));
            }
            ConsumerRecord<byte[], byte[]> record =
                    Records.of(random.nextInt(9), random.nextLong(), randomBytes(random), randomBytes(random), headers);

            ProducerRecord<byte[], byte[]> read = read(written(record));

            assertThat(read.key()).isEqualTo(record.key());
            assertThat(read.value()).isEqualTo(record.value());
            assertThat(read.headers()).isEqualTo(new RecordHeaders(record.headers()));
            assertThat(read.partition()).isEqualTo(record.partition());
            assertThat(read.timestamp()).isEqualTo(record.timestamp());
        }
    }

    private String written(ConsumerRecord<byte[], byte[]> record) {
        TerminalProbe probe = new TerminalProbe();
        records.write(record, probe.terminal());
        return probe.out();
    }

    private ProducerRecord<byte[], byte[]> read(String line) throws LineFormat.BadLine {
        return records.read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(10)];
        random.nextBytes(bytes);
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> bytes;
            default -> bytes(Integer.toString(random.nextInt(), 36));
        };
    }
}
