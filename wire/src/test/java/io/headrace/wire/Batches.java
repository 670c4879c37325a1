package io.headrace.wire;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Batches that kafka-clients wrote, to judge ours by. */
final class Batches {

    private Batches() {}

    /** A batch of random records under the codec. */
    static MemoryRecords random(Random random, CompressionCodec codec) {
        Compression compression =
                Compression.of(CompressionType.forId(codec.id())).build();
        return MemoryRecords.withIdempotentRecords(
                RecordBatch.MAGIC,
                random.nextLong(Long.MAX_VALUE / 2),
                compression,
                random.nextLong(Long.MAX_VALUE),
                (short) random.nextInt(Short.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE),
                random.nextInt(1000),
                randomRecords(random));
    }

    static SimpleRecord[] randomRecords(Random random) {
        SimpleRecord[] records = new SimpleRecord[1 + random.nextInt(50)];
        for (int i = 0; i < records.length; i++) {
            Header[] headers = new Header[random.nextInt(3)];
            for (int h = 0; h < headers.length; h++) {
                headers[h] = new RecordHeader("h" + h, bytes(random, 10));
            }
            long timestamp = 1_700_000_000_000L + random.nextInt(1_000_000) - 500_000;
            records[i] = new SimpleRecord(timestamp, bytes(random, 20), bytes(random, 3000), headers);
        }
        return records;
    }

    /** Null, empty, or so many bytes, which compress well every other time. */
    private static byte[] bytes(Random random, int max) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(max)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    static RecordBatch whole(ByteBuffer buffer) {
        RecordBatch batch = new RecordBatch();
        BatchStatus status = batch.wrap(buffer, buffer.position());
        if (status != BatchStatus.WHOLE) {
            throw new AssertionError(status + " instead of a whole batch");
        }
        return batch;
    }

    /** A batch with this in the place of its records, and a right length and checksum. */
    static RecordBatch withRecords(CompressionCodec codec, int count, byte[] records) {
        ByteBuffer buffer = ByteBuffer.allocate(RecordBatch.HEADER_BYTES + records.length)
                .putInt(RecordBatch.LENGTH_AT, RecordBatch.HEADER_BYTES - RecordBatch.LENGTH_OVERHEAD + records.length)
                .put(RecordBatch.MAGIC_AT, RecordBatch.MAGIC)
                .putShort(RecordBatch.ATTRIBUTES_AT, (short) codec.id())
                .putInt(RecordBatch.RECORD_COUNT_AT, count)
                .put(RecordBatch.HEADER_BYTES, records);
        RecordBatch batch = whole(buffer);
        batch.updateCrc();
        return batch;
    }
}
