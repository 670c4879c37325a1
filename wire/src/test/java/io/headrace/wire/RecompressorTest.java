package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecompressorTest {

    private final Recompressor recompressor = new Recompressor();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void everyCodecTurnsIntoEveryOtherWithTheSameRecords(long seed) {
        Random random = new Random(seed);
        for (CompressionCodec from : CompressionCodec.values()) {
            MemoryRecords original = Batches.random(random, from);
            for (CompressionCodec to : CompressionCodec.values()) {
                ByteBuffer made = recompressor
                        .recompress(Batches.whole(original.buffer()), to, to.defaultLevel(), Integer.MAX_VALUE)
                        .orElseThrow();

                MemoryRecords changed = MemoryRecords.readableRecords(made);
                MutableRecordBatch batch = changed.batches().iterator().next();
                assertThat(batch.isValid()).isTrue();
                assertThat(batch.compressionType().name()).isEqualTo(to.name());
                assertThat(batch.sizeInBytes()).isEqualTo(made.remaining());
                assertThat(batch.producerId())
                        .isEqualTo(original.batches().iterator().next().producerId());
                assertThat(records(changed)).isEqualTo(records(original));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void damagedBatchesAreRefusedOrCopied(long seed) {
        Random random = new Random(seed);
        for (CompressionCodec from : CompressionCodec.values()) {
            RecordBatch batch = Batches.whole(Batches.random(random, from).buffer());
            int at = RecordBatch.HEADER_BYTES + random.nextInt(batch.sizeInBytes() - RecordBatch.HEADER_BYTES);
            batch.buffer().put(at, (byte) random.nextInt());
            try {
                ByteBuffer made = recompressor
                        .recompress(batch, CompressionCodec.LZ4, CompressionCodec.LZ4.defaultLevel(), 1 << 20)
                        .orElseThrow();
                assertThat(Batches.whole(made).crcIsValid()).isTrue();
            } catch (InvalidRecords expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void levelsAreObeyed() {
        RecordBatch text = Batches.whole(new BatchBuilder()
                .append(
                        1,
                        null,
                        ByteBuffer.wrap("the quick brown fox jumps over a lazy dog "
                                .repeat(2000)
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .build(0, 0));

        int fast = sizeAfter(text, -131_072, Integer.MAX_VALUE).orElseThrow();
        int dense = sizeAfter(text, 19, Integer.MAX_VALUE).orElseThrow();

        assertThat(dense).isLessThan(fast);
        assertThatThrownBy(() -> sizeAfter(text, 23, Integer.MAX_VALUE)).isInstanceOf(Check.BrokenInvariant.class);
    }

    @Test
    void aBatchThatWouldBecomeTooLargeIsLeftAlone() {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        RecordBatch batch = Batches.whole(
                new BatchBuilder().append(1, null, ByteBuffer.wrap(noise)).build(0, 0));

        assertThat(sizeAfter(batch, 3, 1 << 20)).isEmpty();
        assertThat(sizeAfter(batch, 3, 2 << 20)).isPresent();
    }

    private Optional<Integer> sizeAfter(RecordBatch batch, int zstdLevel, int bytesMax) {
        return recompressor
                .recompress(batch, CompressionCodec.ZSTD, zstdLevel, bytesMax)
                .map(ByteBuffer::remaining);
    }

    private static List<Record> records(MemoryRecords of) {
        List<Record> records = new ArrayList<>();
        of.records().forEach(records::add);
        return records;
    }
}
