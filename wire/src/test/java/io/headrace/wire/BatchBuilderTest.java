package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBuilderTest {

    private final BatchBuilder builder = new BatchBuilder();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void buildsTheSameBytesAsKafka(long seed) {
        SimpleRecord[] records = Batches.randomRecords(new Random(seed));
        ByteBuffer kafkas = MemoryRecords.withIdempotentRecords(
                        RecordBatch.MAGIC, 77, Compression.NONE, 9, (short) 2, 5, 3, records)
                .buffer();

        builder.producer(9, (short) 2, 5);
        for (SimpleRecord record : records) {
            builder.append(record.timestamp(), record.key(), record.value(), List.of(record.headers()));
        }
        int announced = builder.sizeInBytes();
        ByteBuffer ours = builder.build(77, 3);

        assertThat(ours).isEqualTo(kafkas);
        assertThat(announced).isEqualTo(ours.remaining());
    }

    @Test
    void aBuilderIsEmptyAgainAfterwards() {
        ByteBuffer first =
                builder.append(5, null, ByteBuffer.allocate(3)).control().build(1, 1);
        ByteBuffer second =
                builder.append(6, ByteBuffer.allocate(1), null).transactional().build(2, 1);

        MutableRecordBatch batch =
                MemoryRecords.readableRecords(second).batches().iterator().next();
        assertThat(Batches.whole(first).isControl()).isTrue();
        assertThat(batch.isControlBatch()).isFalse();
        assertThat(batch.isTransactional()).isTrue();
        assertThat(batch.countOrNull()).isEqualTo(1);
        assertThat(batch.maxTimestamp()).isEqualTo(6);
        assertThat(batch.producerId()).isEqualTo(RecordBatch.NO_PRODUCER_ID);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, -1, 63, -64, 64, -65, 8191, 8192, 1 << 20, 1 << 27, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void varintsTakeTheBytesThatWereForeseen(int value) {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        Varints.putInt(buffer, value);
        int intBytes = buffer.position();
        Varints.putLong(buffer, value);

        assertThat(Varints.sizeOfInt(value)).isEqualTo(intBytes);
        assertThat(Varints.sizeOfLong(value)).isEqualTo(buffer.position() - intBytes);
    }
}
