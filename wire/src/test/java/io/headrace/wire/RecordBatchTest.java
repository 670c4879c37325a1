package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordBatchTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void readsTheHeadersThatKafkaWrites(long seed) {
        Random random = new Random(seed);
        for (CompressionCodec codec : CompressionCodec.values()) {
            MemoryRecords records = Batches.random(random, codec);
            MutableRecordBatch kafkas = records.batches().iterator().next();

            RecordBatch ours = Batches.whole(records.buffer());

            assertThat(ours.sizeInBytes()).isEqualTo(kafkas.sizeInBytes());
            assertThat(ours.magic()).isEqualTo(kafkas.magic());
            assertThat(ours.baseOffset()).isEqualTo(kafkas.baseOffset());
            assertThat(ours.lastOffset()).isEqualTo(kafkas.lastOffset());
            assertThat(ours.nextOffset()).isEqualTo(kafkas.nextOffset());
            assertThat(ours.leaderEpoch()).isEqualTo(kafkas.partitionLeaderEpoch());
            assertThat(ours.compression()).isEqualTo(codec);
            assertThat(ours.maxTimestamp()).isEqualTo(kafkas.maxTimestamp());
            assertThat(ours.producerId()).isEqualTo(kafkas.producerId());
            assertThat(ours.producerEpoch()).isEqualTo(kafkas.producerEpoch());
            assertThat(ours.baseSequence()).isEqualTo(kafkas.baseSequence());
            assertThat(ours.lastSequence()).isEqualTo(kafkas.lastSequence());
            assertThat(ours.recordCount()).isEqualTo(kafkas.countOrNull());
            assertThat(ours.isTransactional()).isEqualTo(kafkas.isTransactional());
            assertThat(ours.isControl()).isEqualTo(kafkas.isControlBatch());
            assertThat(ours.crcIsValid()).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void kafkaReadsTheHeadersThatAreWrittenHere(long seed) {
        Random random = new Random(seed);
        MemoryRecords records = Batches.random(random, CompressionCodec.NONE);
        RecordBatch ours = Batches.whole(records.buffer());

        ours.setBaseOffset(4711);
        ours.setLeaderEpoch(12);
        boolean stillValid = ours.crcIsValid();
        ours.stampLogAppendTime(1_800_000_000_000L);

        MutableRecordBatch kafkas = MemoryRecords.readableRecords(ours.buffer())
                .batches()
                .iterator()
                .next();
        assertThat(stillValid).as("offset and epoch are outside the checksum").isTrue();
        assertThat(kafkas.isValid()).isTrue();
        assertThat(kafkas.baseOffset()).isEqualTo(4711);
        assertThat(kafkas.partitionLeaderEpoch()).isEqualTo(12);
        assertThat(kafkas.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(kafkas.maxTimestamp()).isEqualTo(1_800_000_000_000L);
        assertThat(ours.hasLogAppendTime()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void everyFlippedBitBehindTheChecksumIsFound(long seed) {
        Random random = new Random(seed);
        RecordBatch batch =
                Batches.whole(Batches.random(random, CompressionCodec.NONE).buffer());
        int bit = random.nextInt((batch.sizeInBytes() - RecordBatch.ATTRIBUTES_AT) * 8);
        int at = RecordBatch.ATTRIBUTES_AT + bit / 8;

        batch.buffer().put(at, (byte) (batch.buffer().get(at) ^ (1 << (bit % 8))));

        assertThat(batch.crcIsValid()).isFalse();
    }

    @Test
    void theChecksumIsTheSameInDirectMemory() {
        ByteBuffer heap = Batches.random(new Random(1), CompressionCodec.NONE).buffer();
        ByteBuffer direct = ByteBuffer.allocateDirect(heap.remaining() + 5);
        direct.put(5, heap, 0, heap.remaining());
        RecordBatch batch = new RecordBatch();

        assertThat(batch.wrap(direct, 5)).isEqualTo(BatchStatus.WHOLE);
        assertThat(batch.crcIsValid()).isTrue();
    }

    @Test
    void batchesThatFollowEachOtherAreWalkedWithOneWindow() {
        ByteBuffer first = Batches.random(new Random(1), CompressionCodec.NONE).buffer();
        ByteBuffer second = Batches.random(new Random(2), CompressionCodec.ZSTD).buffer();
        ByteBuffer both = ByteBuffer.allocate(first.remaining() + second.remaining() + 30)
                .put(first.duplicate())
                .put(second.duplicate())
                .put(new byte[30])
                .flip();
        RecordBatch batch = new RecordBatch();

        assertThat(batch.wrap(both, 0)).isEqualTo(BatchStatus.WHOLE);
        assertThat(batch.wrapNext()).isEqualTo(BatchStatus.WHOLE);
        assertThat(batch.position()).isEqualTo(first.remaining());
        assertThat(batch.compression()).isEqualTo(CompressionCodec.ZSTD);
        assertThat(batch.records().remaining()).isEqualTo(batch.sizeInBytes() - RecordBatch.HEADER_BYTES);
        assertThat(batch.wrapNext()).isEqualTo(BatchStatus.OTHER_FORMAT);
        both.limit(both.limit() - 30);
        batch.wrap(both, first.remaining());
        assertThat(batch.wrapNext()).isEqualTo(BatchStatus.END);
    }

    @Test
    void everyTruncationIsNoticed() {
        ByteBuffer buffer = Batches.random(new Random(3), CompressionCodec.LZ4).buffer();
        RecordBatch batch = new RecordBatch();
        int size = buffer.limit();
        for (int limit = 0; limit < size; limit++) {
            buffer.limit(limit);

            assertThat(batch.wrap(buffer, 0)).isEqualTo(limit == 0 ? BatchStatus.END : BatchStatus.TRUNCATED);
            assertThat(batch.wrapHeader(buffer, 0) == BatchStatus.WHOLE).isEqualTo(limit >= RecordBatch.HEADER_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1, 3, -1})
    void otherFormatsAreNamed(byte magic) {
        ByteBuffer buffer = Batches.random(new Random(3), CompressionCodec.NONE).buffer();
        buffer.put(RecordBatch.MAGIC_AT, magic);

        assertThat(new RecordBatch().wrap(buffer, 0)).isEqualTo(BatchStatus.OTHER_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 48, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 11})
    void lengthsThatNoBatchHasAreNamed(int length) {
        ByteBuffer buffer = Batches.random(new Random(3), CompressionCodec.NONE).buffer();
        buffer.putInt(RecordBatch.LENGTH_AT, length);

        assertThat(new RecordBatch().wrap(buffer, 0)).isEqualTo(BatchStatus.BAD_LENGTH);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "5,7", "2147483647,0", "2147483647,1", "2147483640,100", "0,2147483647"})
    void sequencesWrapAsKafkasDo(int sequence, int increment) {
        assertThat(RecordBatch.addToSequence(sequence, increment))
                .isEqualTo(DefaultRecordBatch.incrementSequence(sequence, increment));
    }

    @Test
    void aBatchWithoutAProducerHasNoSequence() {
        RecordBatch batch = Batches.whole(MemoryRecords.withRecords(
                        Compression.NONE, new SimpleRecord(new byte[1]), new SimpleRecord(new byte[1]))
                .buffer());

        assertThat(batch.hasProducerId()).isFalse();
        assertThat(batch.lastSequence()).isEqualTo(RecordBatch.NO_SEQUENCE);
    }
}
