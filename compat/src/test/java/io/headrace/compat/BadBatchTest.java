package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that no client would send: each is refused with the protocol's own error, and leaves no trace. */
class BadBatchTest {

    /** The last version that names its topics. */
    private static final int PRODUCE_VERSION = 12;

    // Where the fields of a batch lie.
    private static final int LENGTH = 8;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int LAST_OFFSET_DELTA = 23;
    private static final int COUNT = 57;

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void itIsRefused(String name, Errors expected, UnaryOperator<byte[]> damage) throws Exception {
        TopicPartition partition = server.clients().partition(name.replace(' ', '-'));
        server.clients().produce(partition, "before");

        PartitionProduceResponse answer = produce(partition, damage.apply(batch(Compression.NONE)));

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(expected);
        server.clients().produce(partition, "after");
        assertThat(server.clients().readValues(partition, 2)).containsExactly("before", "after");
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("a wrong checksum", Errors.CORRUPT_MESSAGE, batch -> {
                    batch[CRC]++;
                    return batch;
                }),
                damage("a flipped bit", Errors.CORRUPT_MESSAGE, batch -> {
                    batch[batch.length - 5] ^= 8;
                    return batch;
                }),
                damage("the format before last", Errors.INVALID_RECORD, _ -> old(RecordBatch.MAGIC_VALUE_V0)),
                damage("the last format", Errors.INVALID_RECORD, _ -> old(RecordBatch.MAGIC_VALUE_V1)),
                damage("a format from the future", Errors.CORRUPT_MESSAGE, batch -> {
                    batch[MAGIC] = 3;
                    return batch;
                }),
                damage(
                        "two batches",
                        Errors.INVALID_RECORD,
                        batch -> ByteBuffer.allocate(2 * batch.length)
                                .put(batch)
                                .put(batch)
                                .array()),
                damage("no batch", Errors.INVALID_RECORD, _ -> new byte[0]),
                damage("a batch too short", Errors.CORRUPT_MESSAGE, batch -> {
                    ByteBuffer.wrap(batch).putInt(LENGTH, 5);
                    return batch;
                }),
                damage("too few records counted", Errors.INVALID_RECORD, batch -> {
                    ByteBuffer.wrap(batch).putInt(LAST_OFFSET_DELTA, 1).putInt(COUNT, 2);
                    return summed(batch);
                }),
                damage("too many records counted", Errors.INVALID_RECORD, batch -> {
                    ByteBuffer.wrap(batch).putInt(LAST_OFFSET_DELTA, 9).putInt(COUNT, 10);
                    return summed(batch);
                }),
                damage("a count that is not the offsets", Errors.INVALID_RECORD, batch -> {
                    ByteBuffer.wrap(batch).putInt(LAST_OFFSET_DELTA, 7);
                    return summed(batch);
                }),
                damage("a count below nothing", Errors.INVALID_RECORD, batch -> {
                    ByteBuffer.wrap(batch).putInt(COUNT, -1);
                    return summed(batch);
                }),
                damage("a control batch", Errors.INVALID_RECORD, batch -> {
                    batch[ATTRIBUTES + 1] |= 0x20;
                    return summed(batch);
                }));
    }

    private static Arguments damage(String name, Errors expected, UnaryOperator<byte[]> damage) {
        return Arguments.of(name, expected, damage);
    }

    /** Which error it is does not matter to anybody; Kafka answers some of these with one of its own making. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("riddles")
    void itIsRefusedSomehow(String name, UnaryOperator<byte[]> damage) throws Exception {
        TopicPartition partition =
                server.clients().partition(name.replace(' ', '-'), Map.of("compression.type", "lz4"));

        PartitionProduceResponse answer =
                produce(partition, damage.apply(batch(Compression.gzip().build())));

        assertThat(Errors.forCode(answer.errorCode())).isNotEqualTo(Errors.NONE);
        server.clients().produce(partition, "after");
        assertThat(server.clients().readValues(partition, 1)).containsExactly("after");
    }

    static Stream<Arguments> riddles() {
        return Stream.of(
                riddle("a transaction without its id", batch -> {
                    batch[ATTRIBUTES + 1] |= 0x10;
                    return summed(batch);
                }),
                riddle("a compression that there is not", batch -> {
                    batch[ATTRIBUTES + 1] |= 0x07;
                    return summed(batch);
                }),
                riddle("another compression than said", batch -> {
                    batch[ATTRIBUTES + 1] = 4;
                    return summed(batch);
                }),
                riddle("compressed nonsense", batch -> {
                    batch[batch.length - 12] ^= 0x55;
                    return summed(batch);
                }),
                riddle("a compressed end cut off", batch -> {
                    byte[] shorter = Arrays.copyOf(batch, batch.length - 9);
                    ByteBuffer.wrap(shorter).putInt(LENGTH, shorter.length - LENGTH - Integer.BYTES);
                    return summed(shorter);
                }));
    }

    private static Arguments riddle(String name, UnaryOperator<byte[]> damage) {
        return Arguments.of(name, damage);
    }

    private static PartitionProduceResponse produce(TopicPartition partition, byte[] records) throws Exception {
        ProduceRequestData request = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(10_000)
                .setTopicData(new TopicProduceDataCollection(List.of(new TopicProduceData()
                                .setName(partition.topic())
                                .setPartitionData(List.of(new PartitionProduceData()
                                        .setIndex(partition.partition())
                                        .setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(records))))))
                        .iterator()));
        try (RawClient client = RawClient.connect(server.process().port())) {
            ProduceResponseData answer = client.call(request, PRODUCE_VERSION, new ProduceResponseData());
            return answer.responses().iterator().next().partitionResponses().getFirst();
        }
    }

    private static byte[] batch(Compression compression) {
        return bytes(MemoryRecords.withRecords(compression, records()));
    }

    private static byte[] old(byte magic) {
        return bytes(MemoryRecords.withRecords(magic, 0L, Compression.NONE, TimestampType.CREATE_TIME, records()));
    }

    private static SimpleRecord[] records() {
        long now = System.currentTimeMillis();
        SimpleRecord[] records = new SimpleRecord[3];
        for (int i = 0; i < records.length; i++) {
            records[i] = new SimpleRecord(now, ("key" + i).getBytes(StandardCharsets.UTF_8), new byte[100]);
        }
        return records;
    }

    private static byte[] bytes(MemoryRecords records) {
        byte[] bytes = new byte[records.sizeInBytes()];
        records.buffer().get(0, bytes);
        return bytes;
    }

    /** With a checksum that fits what it has become. */
    private static byte[] summed(byte[] batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch, ATTRIBUTES, batch.length - ATTRIBUTES);
        ByteBuffer.wrap(batch).putInt(CRC, (int) crc.getValue());
        return batch;
    }
}
