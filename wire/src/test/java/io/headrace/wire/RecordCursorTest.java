package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCursorTest {

    /** The largest block of LZ4, which a header may ask for, and some. */
    private static final long ALLOCATION_FLOOR_BYTES = 6 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RecordCursor cursor = new RecordCursor();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void seesTheRecordsThatKafkaSees(long seed) {
        Random random = new Random(seed);
        for (CompressionCodec codec : CompressionCodec.values()) {
            MemoryRecords records = Batches.random(random, codec);

            cursor.open(Batches.whole(records.buffer()));

            for (Record kafkas : records.records()) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.offset()).isEqualTo(kafkas.offset());
                assertThat(cursor.timestamp()).isEqualTo(kafkas.timestamp());
                assertThat(cursor.hasKey()).isEqualTo(kafkas.hasKey());
                assertThat(cursor.keyBytes()).isEqualTo(kafkas.keySize());
                assertThat(cursor.valueBytes()).isEqualTo(kafkas.valueSize());
                assertThat(cursor.headerCount()).isEqualTo(kafkas.headers().length);
                if (codec == CompressionCodec.NONE) {
                    assertThat(cursor.key()).isEqualTo(kafkas.key());
                    assertThat(cursor.value()).isEqualTo(kafkas.value());
                }
            }
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void recordsOfABatchWithLogAppendTimeHaveItsTime() {
        RecordBatch batch = Batches.whole(
                Batches.random(new Random(1), CompressionCodec.NONE).buffer());
        batch.stampLogAppendTime(1234);

        cursor.open(batch);

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.timestamp()).isEqualTo(1234);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void damagedRecordsAreWalkedOrRefused(long seed) {
        Random random = new Random(seed);
        for (CompressionCodec codec : CompressionCodec.values()) {
            byte[] whole = toBytes(Batches.random(random, codec));
            for (int i = 0; i < 30; i++) {
                byte[] damaged = whole.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    int at = RecordBatch.HEADER_BYTES + random.nextInt(damaged.length - RecordBatch.HEADER_BYTES);
                    damaged[at] ^= (byte) (1 << random.nextInt(8));
                }
                walk(Batches.whole(ByteBuffer.wrap(damaged)));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void randomBytesInThePlaceOfRecordsAreWalkedOrRefused(long seed) {
        Random random = new Random(seed);
        for (CompressionCodec codec : CompressionCodec.values()) {
            for (int i = 0; i < 30; i++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                walk(Batches.withRecords(codec, random.nextInt(10), bytes));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionCodec.class)
    void aCountThatIsNotThatOfTheRecordsIsRefused(CompressionCodec codec) {
        for (int wrong : new int[] {-1, 1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            RecordBatch batch = Batches.whole(two(codec).buffer());
            batch.buffer().putInt(RecordBatch.RECORD_COUNT_AT, wrong);

            assertThatThrownBy(() -> count(batch)).as("count %d", wrong).isInstanceOf(InvalidRecords.class);
        }
    }

    @Test
    void aCompressionThatDoesNotExistIsRefused() {
        RecordBatch batch = Batches.whole(two(CompressionCodec.NONE).buffer());
        batch.setAttributes(6);

        assertThatThrownBy(() -> cursor.open(batch)).isInstanceOf(InvalidRecords.class);
    }

    @ParameterizedTest
    @EnumSource(CompressionCodec.class)
    void aRecordOverTheLimitIsRefused(CompressionCodec codec) {
        RecordBatch batch = Batches.whole(two(codec).buffer());

        cursor.open(batch, 1000, Long.MAX_VALUE);

        assertThatThrownBy(cursor::next).isInstanceOf(InvalidRecords.class).hasMessageContaining("at most 1000");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "SNAPPY", "LZ4", "ZSTD"})
    void aBatchThatUnfoldsBeyondTheLimitIsRefused(CompressionCodec codec) throws IOException {
        RecordBatch bomb = Batches.withRecords(codec, 1, compressed(codec, new byte[64 << 20]));
        bomb.buffer().putInt(RecordBatch.RECORD_COUNT_AT, Integer.MAX_VALUE);

        // A record of no bytes at all is refused already; this one claims to go on to the end.
        RecordBatch oneLongRecord = Batches.withRecords(codec, 1, compressed(codec, recordOf(64 << 20)));
        cursor.open(oneLongRecord, Integer.MAX_VALUE, 1 << 20);

        assertThatThrownBy(cursor::next).isInstanceOf(InvalidRecords.class).hasMessageContaining("unfolds");
        assertThatThrownBy(() -> count(bomb)).isInstanceOf(InvalidRecords.class);
    }

    @Test
    void snappyThatClaimsAGigabyteIsRefusedBeforeItIsReserved() {
        byte[] rawBlock = {-1, -1, -1, -1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] streamOfOneBlock = ByteBuffer.allocate(40)
                .putLong(0x82_53_4e_41_50_50_59_00L)
                .putInt(1)
                .putInt(1)
                .putInt(20)
                .put(new byte[] {-1, -1, -1, -1, 3})
                .array();
        byte[] blockBeyondTheEnd = ByteBuffer.allocate(40)
                .putLong(0x82_53_4e_41_50_50_59_00L)
                .putInt(1)
                .putInt(1)
                .putInt(500_000_000)
                .array();
        byte[] headersUponHeaders = new byte[1 << 20];
        for (int at = 0; at < headersUponHeaders.length; at += 16) {
            ByteBuffer.wrap(headersUponHeaders)
                    .putLong(at, 0x82_53_4e_41_50_50_59_00L)
                    .putInt(at + 8, 1)
                    .putInt(at + 12, 1);
        }

        for (byte[] data : new byte[][] {rawBlock, streamOfOneBlock, blockBeyondTheEnd, headersUponHeaders, {}}) {
            assertThatThrownBy(() -> count(Batches.withRecords(CompressionCodec.SNAPPY, 1, data)))
                    .isInstanceOf(InvalidRecords.class);
        }
    }

    @Test
    void snappyWithoutTheStreamFormatIsRead() throws IOException {
        byte[] records = toBytes(two(CompressionCodec.NONE));
        byte[] raw = org.xerial.snappy.Snappy.compress(
                java.util.Arrays.copyOfRange(records, RecordBatch.HEADER_BYTES, records.length));

        assertThat(count(Batches.withRecords(CompressionCodec.SNAPPY, 2, raw))).isEqualTo(2);
    }

    @Test
    void aCursorThatWasLeftInTheMiddleStartsAnew() {
        for (int i = 0; i < 100; i++) {
            cursor.open(Batches.whole(two(CompressionCodec.ZSTD).buffer()));
            assertThat(cursor.next()).isTrue();
        }

        assertThat(count(Batches.whole(two(CompressionCodec.LZ4).buffer()))).isEqualTo(2);
    }

    /** It is walked to the end or refused, and takes a bounded multiple of its size in memory. */
    private void walk(RecordBatch batch) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            assertThat(count(batch)).isEqualTo(batch.recordCount());
        } catch (InvalidRecords expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated for %s", batch)
                .isLessThan(ALLOCATION_FLOOR_BYTES + 25L * batch.sizeInBytes());
    }

    private int count(RecordBatch batch) {
        int count = 0;
        cursor.open(batch);
        while (cursor.next()) {
            count++;
        }
        return count;
    }

    /** Two records that compress well, longer than the window. */
    private static MemoryRecords two(CompressionCodec codec) {
        SimpleRecord record = new SimpleRecord(1, new byte[10], new byte[40_000]);
        return MemoryRecords.withRecords(
                Compression.of(CompressionType.forId(codec.id())).build(), record, record);
    }

    /** A record whose value has so many zeros. */
    private static byte[] recordOf(int valueBytes) {
        ByteBuffer record = ByteBuffer.allocate(valueBytes + 100);
        record.position(10);
        record.put((byte) 0).put((byte) 0).put((byte) 0);
        Varints.putInt(record, -1);
        Varints.putInt(record, valueBytes);
        record.position(record.position() + valueBytes);
        Varints.putInt(record, 0);
        int bodyBytes = record.position() - 10;
        int start = 10 - Varints.sizeOfInt(bodyBytes);
        int end = record.position();
        record.position(start);
        Varints.putInt(record, bodyBytes);
        return java.util.Arrays.copyOfRange(record.array(), start, end);
    }

    private static byte[] compressed(CompressionCodec codec, byte[] bytes) throws IOException {
        ByteBufferOutputStream target = new ByteBufferOutputStream(1000);
        try (OutputStream out =
                Compression.of(CompressionType.forId(codec.id())).build().wrapForOutput(target, RecordBatch.MAGIC)) {
            out.write(bytes);
        }
        ByteBuffer made = target.buffer().flip();
        byte[] copy = new byte[made.remaining()];
        made.get(copy);
        return copy;
    }

    private static byte[] toBytes(MemoryRecords records) {
        byte[] bytes = new byte[records.sizeInBytes()];
        records.buffer().get(bytes);
        return bytes;
    }
}
