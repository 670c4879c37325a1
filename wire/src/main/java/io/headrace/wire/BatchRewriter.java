package io.headrace.wire;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;

/**
 * Writes a batch of the log anew with some of its records, as compaction does: offsets, producer, epoch and compression stay,
 * and so does the last offset, whatever became of the last record, since the producer's last sequence is told by it.
 * {@link #begin}, {@link #keep} for each record that stays, {@link #finish}. Belongs to one thread.
 */
public final class BatchRewriter {

    private static final int KEPT_FLAGS =
            RecordBatch.LOG_APPEND_TIME_FLAG | RecordBatch.TRANSACTIONAL_FLAG | RecordBatch.CONTROL_FLAG;

    private final Recompressor recompressor = new Recompressor();
    private ByteBuffer target = ByteBuffer.allocate(Limits.BUILDER_INITIAL_BYTES);
    private RecordBatch original;
    private long deleteHorizonMs;
    private long baseTimestamp;
    private long maxTimestamp;
    private int count;

    /** The batch itself, or a copy without compression if it has one; {@link InvalidRecords} if that cannot be read. */
    public RecordBatch unfold(RecordBatch batch) {
        if (batch.compression() == CompressionCodec.NONE) {
            return batch;
        }
        int limit = (int) Math.min(Limits.DECOMPRESSED_BATCH_BYTES, Integer.MAX_VALUE - 8);
        ByteBuffer unfolded = recompressor
                .recompress(batch, CompressionCodec.NONE, 0, limit)
                .orElseThrow(() -> new InvalidRecords("a batch that unfolds to more than " + limit + " bytes"));
        return whole(unfolded);
    }

    /**
     * Begins a batch in place of another.
     *
     * @param of the batch as it is in the log
     * @param horizonMs its {@link RecordBatch#deleteHorizonMs()} from now on
     */
    public void begin(RecordBatch of, long horizonMs) {
        original = of;
        deleteHorizonMs = horizonMs;
        count = 0;
        maxTimestamp = of.hasLogAppendTime() ? of.maxTimestamp() : RecordBatch.NO_TIMESTAMP;
        target.clear().position(RecordBatch.HEADER_BYTES);
    }

    /** Keeps the record at which the cursor stands, which is one of the unfolded batch. */
    public void keep(RecordCursor record) {
        long timestamp = record.timestamp();
        if (count == 0) {
            baseTimestamp = deleteHorizonMs == RecordBatch.NO_DELETE_HORIZON ? timestamp : deleteHorizonMs;
        }
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        ByteBuffer content = record.content();
        long timestampDelta = timestamp - baseTimestamp;
        int bodyBytes = Byte.BYTES
                + Varints.sizeOfLong(timestampDelta)
                + Varints.sizeOfInt(record.offsetDelta())
                + content.remaining();
        ensure(Varints.sizeOfInt(bodyBytes) + bodyBytes);
        Varints.putInt(target, bodyBytes);
        target.put((byte) record.attributes());
        Varints.putLong(target, timestampDelta);
        Varints.putInt(target, record.offsetDelta());
        target.put(content);
        count++;
    }

    private void ensure(int bytes) {
        if (bytes > target.remaining()) {
            int needed = Math.addExact(target.position(), bytes);
            int doubled = (int) Math.min(2L * target.capacity(), Integer.MAX_VALUE - 8);
            ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, doubled));
            larger.put(0, target, 0, target.position()).position(target.position());
            target = larger;
        }
    }

    /** The new batch in a buffer of its own, compressed as the original is; at least one record has been kept. */
    public ByteBuffer finish() {
        Check.that(count > 0, "a batch with records is made of some");
        int horizonFlag = deleteHorizonMs == RecordBatch.NO_DELETE_HORIZON ? 0 : RecordBatch.DELETE_HORIZON_FLAG;
        ByteBuffer bytes = ByteBuffer.allocate(target.position());
        bytes.put(0, target, 0, target.position());
        RecordBatch made = complete(bytes, original, horizonFlag, baseTimestamp, maxTimestamp, count);
        CompressionCodec codec = original.compression();
        if (codec == CompressionCodec.NONE) {
            return bytes;
        }
        return recompressor
                .recompress(made, codec, codec.defaultLevel(), Integer.MAX_VALUE)
                .orElseThrow();
    }

    /** What is left of a batch without any of its records: a header that still tells its offsets and its producer. */
    public static ByteBuffer emptied(RecordBatch of) {
        ByteBuffer bytes = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
        complete(bytes, of, 0, of.maxTimestamp(), of.maxTimestamp(), 0);
        return bytes;
    }

    private static RecordBatch complete(
            ByteBuffer bytes, RecordBatch of, int horizonFlag, long baseTimestamp, long maxTimestamp, int records) {
        bytes.put(0, of.buffer(), of.position(), RecordBatch.HEADER_BYTES);
        bytes.putInt(RecordBatch.LENGTH_AT, bytes.limit() - RecordBatch.LENGTH_OVERHEAD)
                .putShort(RecordBatch.ATTRIBUTES_AT, (short) ((of.attributes() & KEPT_FLAGS) | horizonFlag))
                .putLong(RecordBatch.BASE_TIMESTAMP_AT, baseTimestamp)
                .putLong(RecordBatch.MAX_TIMESTAMP_AT, maxTimestamp)
                .putInt(RecordBatch.RECORD_COUNT_AT, records);
        RecordBatch made = whole(bytes);
        made.updateCrc();
        return made;
    }

    private static RecordBatch whole(ByteBuffer bytes) {
        RecordBatch batch = new RecordBatch();
        BatchStatus status = batch.wrap(bytes, 0);
        Check.that(status == BatchStatus.WHOLE, "a batch that was just written is whole");
        return batch;
    }
}
