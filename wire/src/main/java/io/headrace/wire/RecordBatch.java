package io.headrace.wire;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A window on one record batch of the current format (magic 2) within a buffer: it reads and writes the header's fields
 * in place and is moved from batch to batch without allocating. The fields are as the sender wrote them; only length and
 * format have been checked, by {@link #wrap}. Not shared.
 */
public final class RecordBatch {

    public static final int BASE_OFFSET_AT = 0;
    public static final int LENGTH_AT = 8;
    public static final int LEADER_EPOCH_AT = 12;
    public static final int MAGIC_AT = 16;
    public static final int CRC_AT = 17;
    public static final int ATTRIBUTES_AT = 21;
    public static final int LAST_OFFSET_DELTA_AT = 23;
    public static final int BASE_TIMESTAMP_AT = 27;
    public static final int MAX_TIMESTAMP_AT = 35;
    public static final int PRODUCER_ID_AT = 43;
    public static final int PRODUCER_EPOCH_AT = 51;
    public static final int BASE_SEQUENCE_AT = 53;
    public static final int RECORD_COUNT_AT = 57;
    public static final int HEADER_BYTES = 61;

    /** Base offset and length: what the length field does not count. */
    public static final int LENGTH_OVERHEAD = 12;

    public static final byte MAGIC = 2;
    public static final long NO_PRODUCER_ID = -1;
    public static final short NO_PRODUCER_EPOCH = -1;
    public static final int NO_SEQUENCE = -1;
    public static final int NO_LEADER_EPOCH = -1;
    public static final long NO_TIMESTAMP = -1;
    public static final long NO_DELETE_HORIZON = -1;

    static final int COMPRESSION_MASK = 0x07;
    static final int LOG_APPEND_TIME_FLAG = 0x08;
    static final int TRANSACTIONAL_FLAG = 0x10;
    static final int CONTROL_FLAG = 0x20;
    static final int DELETE_HORIZON_FLAG = 0x40;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer buffer;
    private int start;

    /** Looks at the batch that begins at the position. Only after {@link BatchStatus#WHOLE} the fields may be read. */
    public BatchStatus wrap(ByteBuffer bytes, int position) {
        BatchStatus status = wrapHeader(bytes, position);
        if (status == BatchStatus.WHOLE && sizeInBytes() > bytes.limit() - position) {
            return BatchStatus.TRUNCATED;
        }
        return status;
    }

    /** As {@link #wrap} for a buffer that need not hold more than the header: whole means that the header is. */
    public BatchStatus wrapHeader(ByteBuffer bytes, int position) {
        buffer = bytes;
        start = position;
        int available = bytes.limit() - position;
        if (available <= 0) {
            return BatchStatus.END;
        }
        if (available <= MAGIC_AT) {
            return BatchStatus.TRUNCATED;
        }
        if (magic() != MAGIC) {
            return BatchStatus.OTHER_FORMAT;
        }
        int length = bytes.getInt(position + LENGTH_AT);
        if (length < HEADER_BYTES - LENGTH_OVERHEAD || length > Integer.MAX_VALUE - LENGTH_OVERHEAD) {
            return BatchStatus.BAD_LENGTH;
        }
        return available < HEADER_BYTES ? BatchStatus.TRUNCATED : BatchStatus.WHOLE;
    }

    /** Moves to the batch that follows this one, which must be whole. */
    public BatchStatus wrapNext() {
        return wrap(buffer, start + sizeInBytes());
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** Where the batch begins in its buffer. */
    public int position() {
        return start;
    }

    /** Bytes of the whole batch. */
    public int sizeInBytes() {
        return LENGTH_OVERHEAD + buffer.getInt(start + LENGTH_AT);
    }

    public byte magic() {
        return buffer.get(start + MAGIC_AT);
    }

    public long baseOffset() {
        return buffer.getLong(start + BASE_OFFSET_AT);
    }

    /** Not covered by the checksum. */
    public void setBaseOffset(long offset) {
        buffer.putLong(start + BASE_OFFSET_AT, offset);
    }

    public int lastOffsetDelta() {
        return buffer.getInt(start + LAST_OFFSET_DELTA_AT);
    }

    public long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    public long nextOffset() {
        return lastOffset() + 1;
    }

    public int leaderEpoch() {
        return buffer.getInt(start + LEADER_EPOCH_AT);
    }

    /** Not covered by the checksum. */
    public void setLeaderEpoch(int epoch) {
        buffer.putInt(start + LEADER_EPOCH_AT, epoch);
    }

    public int attributes() {
        return buffer.getShort(start + ATTRIBUTES_AT);
    }

    /** Covered by the checksum: {@link #updateCrc()} afterwards. */
    public void setAttributes(int attributes) {
        buffer.putShort(start + ATTRIBUTES_AT, (short) attributes);
    }

    /** Null if the attributes name a compression that does not exist. */
    public CompressionCodec compression() {
        return CompressionCodec.forId(attributes() & COMPRESSION_MASK);
    }

    /** Whether the timestamps are the broker's time of appending rather than the producer's. */
    public boolean hasLogAppendTime() {
        return (attributes() & LOG_APPEND_TIME_FLAG) != 0;
    }

    public boolean isTransactional() {
        return (attributes() & TRANSACTIONAL_FLAG) != 0;
    }

    /** Whether it holds markers for the log's own use instead of a user's records. */
    public boolean isControl() {
        return (attributes() & CONTROL_FLAG) != 0;
    }

    /**
     * Wall time in milliseconds from which on compaction may take out tombstones and spent transaction markers; it stands in
     * the place of the base timestamp once compaction has met them (KIP-534). {@link #NO_DELETE_HORIZON} until then.
     */
    public long deleteHorizonMs() {
        return (attributes() & DELETE_HORIZON_FLAG) != 0 ? baseTimestamp() : NO_DELETE_HORIZON;
    }

    /** Milliseconds; what the timestamp deltas of the records are added to. */
    public long baseTimestamp() {
        return buffer.getLong(start + BASE_TIMESTAMP_AT);
    }

    /** Milliseconds; with log append time it is the timestamp of every record. */
    public long maxTimestamp() {
        return buffer.getLong(start + MAX_TIMESTAMP_AT);
    }

    /** Milliseconds, as {@link #maxTimestamp()}; -1 of a batch that compaction has left without records. */
    public long latestTimestamp() {
        return recordCount() == 0 ? NO_TIMESTAMP : maxTimestamp();
    }

    /** Covered by the checksum: {@link #updateCrc()} afterwards. */
    public void setMaxTimestamp(long timestamp) {
        buffer.putLong(start + MAX_TIMESTAMP_AT, timestamp);
    }

    /** Stamps the batch with the broker's time and renews the checksum. */
    public void stampLogAppendTime(long timestamp) {
        setAttributes(attributes() | LOG_APPEND_TIME_FLAG);
        setMaxTimestamp(timestamp);
        updateCrc();
    }

    /** Says that every record has its producer's time, the highest of which is given, and renews the checksum. */
    public void stampCreateTime(long highestTimestamp) {
        setAttributes(attributes() & ~LOG_APPEND_TIME_FLAG);
        setMaxTimestamp(highestTimestamp);
        updateCrc();
    }

    public long producerId() {
        return buffer.getLong(start + PRODUCER_ID_AT);
    }

    public boolean hasProducerId() {
        return producerId() > NO_PRODUCER_ID;
    }

    public short producerEpoch() {
        return buffer.getShort(start + PRODUCER_EPOCH_AT);
    }

    public int baseSequence() {
        return buffer.getInt(start + BASE_SEQUENCE_AT);
    }

    /** Sequence of the last record; after the highest int comes 0. */
    public int lastSequence() {
        int base = baseSequence();
        return base == NO_SEQUENCE ? NO_SEQUENCE : addToSequence(base, lastOffsetDelta());
    }

    /** Sequence numbers count from 0 to the highest int and around again. */
    public static int addToSequence(int sequence, int increment) {
        return (sequence + increment) & Integer.MAX_VALUE;
    }

    public int recordCount() {
        return buffer.getInt(start + RECORD_COUNT_AT);
    }

    /** The checksum in the header. */
    public int storedCrc() {
        return buffer.getInt(start + CRC_AT);
    }

    /** CRC-32C of everything from the attributes to the end. */
    public int computeCrc() {
        int from = start + ATTRIBUTES_AT;
        int bytes = sizeInBytes() - ATTRIBUTES_AT;
        crc.reset();
        if (buffer.hasArray()) {
            crc.update(buffer.array(), buffer.arrayOffset() + from, bytes);
        } else {
            crc.update(buffer.slice(from, bytes));
        }
        return (int) crc.getValue();
    }

    public boolean crcIsValid() {
        return storedCrc() == computeCrc();
    }

    public void updateCrc() {
        buffer.putInt(start + CRC_AT, computeCrc());
    }

    /** The bytes after the header, as a view: the records, compressed or not. */
    public ByteBuffer records() {
        Check.that(sizeInBytes() <= buffer.limit() - start, "records are read of whole batches only");
        return buffer.slice(start + HEADER_BYTES, sizeInBytes() - HEADER_BYTES);
    }

    @Override
    public String toString() {
        return "batch of offsets " + baseOffset() + " to " + lastOffset() + ", epoch " + leaderEpoch() + ", "
                + sizeInBytes() + " bytes";
    }
}
