package io.headrace.wire;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * Writes uncompressed batches of the broker's own records: metadata, markers, and what tests need. Append records, then
 * {@link #build}; the builder is empty again and keeps its buffer. Belongs to one thread.
 */
public final class BatchBuilder {

    private static final List<Header> NO_HEADERS = List.of();
    private static final int ATTRIBUTES_BYTES = 1;

    private ByteBuffer buffer = ByteBuffer.allocate(Limits.BUILDER_INITIAL_BYTES);
    private int count;
    private long baseTimestamp;
    private long maxTimestamp;
    private int flags;
    private long producerId;
    private short producerEpoch;
    private int baseSequence;

    public BatchBuilder() {
        clear();
    }

    /** Appends a record; key and value may be null, and their positions stay where they are. */
    public BatchBuilder append(long timestamp, ByteBuffer key, ByteBuffer value) {
        return append(timestamp, key, value, NO_HEADERS);
    }

    /** As above, with headers; a header's value may be null. */
    public BatchBuilder append(long timestamp, ByteBuffer key, ByteBuffer value, List<Header> headers) {
        if (count == 0) {
            baseTimestamp = timestamp;
            maxTimestamp = timestamp;
        }
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        long timestampDelta = timestamp - baseTimestamp;
        int bodyBytes = ATTRIBUTES_BYTES
                + Varints.sizeOfLong(timestampDelta)
                + Varints.sizeOfInt(count)
                + fieldBytes(key)
                + fieldBytes(value)
                + headersBytes(headers);
        ensure(Varints.sizeOfInt(bodyBytes) + bodyBytes);
        Varints.putInt(buffer, bodyBytes);
        buffer.put((byte) 0);
        Varints.putLong(buffer, timestampDelta);
        Varints.putInt(buffer, count);
        putField(key);
        putField(value);
        putHeaders(headers);
        count++;
        return this;
    }

    /** The producer that the batch is said to come from. */
    public BatchBuilder producer(long id, short epoch, int firstSequence) {
        producerId = id;
        producerEpoch = epoch;
        baseSequence = firstSequence;
        return this;
    }

    /** Marks the batch as part of a transaction. */
    public BatchBuilder transactional() {
        flags |= RecordBatch.TRANSACTIONAL_FLAG;
        return this;
    }

    /** Marks the records as control records. */
    public BatchBuilder control() {
        flags |= RecordBatch.CONTROL_FLAG;
        return this;
    }

    public int recordCount() {
        return count;
    }

    /** Bytes of the batch as it stands. */
    public int sizeInBytes() {
        return buffer.position();
    }

    /** The batch in a buffer of its own, ready to be read; at least one record has been appended. */
    public ByteBuffer build(long baseOffset, int leaderEpoch) {
        Check.that(count > 0, "a batch has a record");
        int bytes = buffer.position();
        buffer.putLong(RecordBatch.BASE_OFFSET_AT, baseOffset)
                .putInt(RecordBatch.LENGTH_AT, bytes - RecordBatch.LENGTH_OVERHEAD)
                .putInt(RecordBatch.LEADER_EPOCH_AT, leaderEpoch)
                .put(RecordBatch.MAGIC_AT, RecordBatch.MAGIC)
                .putShort(RecordBatch.ATTRIBUTES_AT, (short) flags)
                .putInt(RecordBatch.LAST_OFFSET_DELTA_AT, count - 1)
                .putLong(RecordBatch.BASE_TIMESTAMP_AT, baseTimestamp)
                .putLong(RecordBatch.MAX_TIMESTAMP_AT, maxTimestamp)
                .putLong(RecordBatch.PRODUCER_ID_AT, producerId)
                .putShort(RecordBatch.PRODUCER_EPOCH_AT, producerEpoch)
                .putInt(RecordBatch.BASE_SEQUENCE_AT, baseSequence)
                .putInt(RecordBatch.RECORD_COUNT_AT, count);
        ByteBuffer batch = ByteBuffer.allocate(bytes);
        batch.put(0, buffer, 0, bytes);
        RecordBatch made = new RecordBatch();
        made.wrap(batch, 0);
        made.updateCrc();
        clear();
        return batch;
    }

    private void clear() {
        buffer.clear().position(RecordBatch.HEADER_BYTES);
        count = 0;
        flags = 0;
        producerId = RecordBatch.NO_PRODUCER_ID;
        producerEpoch = RecordBatch.NO_PRODUCER_EPOCH;
        baseSequence = RecordBatch.NO_SEQUENCE;
    }

    private void ensure(int bytes) {
        if (bytes > buffer.remaining()) {
            int needed = Math.addExact(buffer.position(), bytes);
            ByteBuffer larger = ByteBuffer.allocate(
                    Math.max(needed, (int) Math.min(2L * buffer.capacity(), Integer.MAX_VALUE - 8)));
            larger.put(0, buffer, 0, buffer.position()).position(buffer.position());
            buffer = larger;
        }
    }

    private void putField(ByteBuffer field) {
        if (field == null) {
            Varints.putInt(buffer, -1);
            return;
        }
        Varints.putInt(buffer, field.remaining());
        buffer.put(field.duplicate());
    }

    private void putHeaders(List<Header> headers) {
        Varints.putInt(buffer, headers.size());
        for (Header header : headers) {
            putBytes(header.key().getBytes(StandardCharsets.UTF_8));
            putBytes(header.value());
        }
    }

    private void putBytes(byte[] bytes) {
        if (bytes == null) {
            Varints.putInt(buffer, -1);
            return;
        }
        Varints.putInt(buffer, bytes.length);
        buffer.put(bytes);
    }

    private static int fieldBytes(ByteBuffer field) {
        return field == null ? Varints.sizeOfInt(-1) : Varints.sizeOfInt(field.remaining()) + field.remaining();
    }

    private static int headersBytes(List<Header> headers) {
        int bytes = Varints.sizeOfInt(headers.size());
        for (Header header : headers) {
            int keyBytes = header.key().getBytes(StandardCharsets.UTF_8).length;
            bytes += Varints.sizeOfInt(keyBytes) + keyBytes;
            bytes += header.value() == null
                    ? Varints.sizeOfInt(-1)
                    : Varints.sizeOfInt(header.value().length) + header.value().length;
        }
        return bytes;
    }
}
