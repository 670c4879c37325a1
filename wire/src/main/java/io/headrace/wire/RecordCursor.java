package io.headrace.wire;

import io.headrace.ports.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Walks the records of one batch after another without making an object for any of them. Records of an uncompressed
 * batch are read where they lie; those of a compressed one pass through a small window, so that memory stays the same
 * whatever the batch unfolds to. Every length is checked against what is left of its record; what does not fit, or
 * unfolds beyond the limits, ends the walk with {@link InvalidRecords}.
 *
 * <p>Usage: {@code cursor.open(batch); while (cursor.next()) {...}}. A cursor belongs to one thread, and is closed when
 * it is dropped in the middle of a batch.
 */
public final class RecordCursor implements AutoCloseable {

    private static final int VARINT_MAX_BYTES = 5;
    private static final int NONE = -1;

    private final Codecs codecs = new Codecs();
    private byte[] chunk;

    private RecordBatch batch;
    private int recordBytesMax;
    private int recordsLeft;

    /** Null for an uncompressed batch, and after the end of a compressed one. */
    private InputStream stream;

    private long streamBytesLeft;
    private ByteBuffer window;
    private int at;
    private int end;

    /** Bytes of the present record that have not been read. */
    private int recordBytesLeft;

    private int attributes;
    private long timestampDelta;
    private int offsetDelta;
    private int recordBytes;
    private int contentAt;
    private int keyAt;
    private int keyBytes;
    private int valueAt;
    private int valueBytes;
    private int headerCount;

    /** Stands before the first record of a whole batch, with no limit on one record but the batch's own. */
    public void open(RecordBatch of) {
        open(of, Integer.MAX_VALUE, Limits.DECOMPRESSED_BATCH_BYTES);
    }

    /**
     * Stands before the first record of a whole batch.
     *
     * @param recordBytesLimit bytes that one record may have
     * @param batchBytesLimit bytes that a compressed batch may unfold to
     */
    public void open(RecordBatch of, int recordBytesLimit, long batchBytesLimit) {
        close();
        batch = of;
        recordBytesMax = recordBytesLimit;
        recordsLeft = of.recordCount();
        if (recordsLeft < 0) {
            throw new InvalidRecords("a count of " + recordsLeft + " records");
        }
        CompressionCodec codec = of.compression();
        if (codec == null) {
            throw new InvalidRecords("a compression that does not exist");
        }
        if (codec == CompressionCodec.NONE) {
            window = of.buffer();
            at = of.position() + RecordBatch.HEADER_BYTES;
            end = of.position() + of.sizeInBytes();
        } else {
            openStream(codec, batchBytesLimit);
        }
    }

    private void openStream(CompressionCodec codec, long batchBytesLimit) {
        if (chunk == null) {
            chunk = new byte[Limits.DECOMPRESSION_WINDOW_BYTES];
        }
        window = ByteBuffer.wrap(chunk);
        at = 0;
        end = 0;
        streamBytesLeft = batchBytesLimit;
        stream = codecs.decompress(codec, batch.records());
    }

    /** Moves to the next record; false after the last, once it is sure that nothing follows it. */
    public boolean next() {
        if (recordsLeft == 0) {
            if (at < end || refill()) {
                throw new InvalidRecords("bytes after the last record");
            }
            close();
            return false;
        }
        recordsLeft--;
        recordBytesLeft = VARINT_MAX_BYTES;
        recordBytes = readVarint();
        if (recordBytes < 0 || recordBytes > recordBytesMax) {
            throw new InvalidRecords(
                    "a record of " + recordBytes + " bytes where at most " + recordBytesMax + " may be");
        }
        recordBytesLeft = recordBytes;
        attributes = readByte();
        timestampDelta = readVarlong();
        offsetDelta = readVarint();
        readContent();
        if (recordBytesLeft != 0) {
            throw new InvalidRecords("a record that is " + recordBytesLeft + " bytes longer than its fields");
        }
        return true;
    }

    private void readContent() {
        contentAt = at;
        keyBytes = readVarint();
        keyAt = at;
        skip(keyBytes);
        valueBytes = readVarint();
        valueAt = at;
        skip(valueBytes);
        headerCount = readVarint();
        if (headerCount < 0) {
            throw new InvalidRecords("a record with " + headerCount + " headers");
        }
        for (int i = 0; i < headerCount; i++) {
            int headerKeyBytes = readVarint();
            if (headerKeyBytes < 0) {
                throw new InvalidRecords("a header without a key");
            }
            skip(headerKeyBytes);
            skip(readVarint());
        }
    }

    public long offset() {
        return batch.baseOffset() + offsetDelta;
    }

    /** Position of the record in its batch as the sender wrote it; the first should have 0, the next 1 and so on. */
    public int offsetDelta() {
        return offsetDelta;
    }

    /** Milliseconds. */
    public long timestamp() {
        return batch.hasLogAppendTime() ? batch.maxTimestamp() : batch.baseTimestamp() + timestampDelta;
    }

    /** Unused by the format so far. */
    public int attributes() {
        return attributes;
    }

    /** Bytes of the record without the length that stands before it. */
    public int recordBytes() {
        return recordBytes;
    }

    public boolean hasKey() {
        return keyBytes >= 0;
    }

    /** -1 if there is no key. */
    public int keyBytes() {
        return Math.max(keyBytes, NONE);
    }

    /** -1 if there is no value. */
    public int valueBytes() {
        return Math.max(valueBytes, NONE);
    }

    public int headerCount() {
        return headerCount;
    }

    /** A view of the key, or null; of an uncompressed batch only. */
    public ByteBuffer key() {
        return content(keyAt, keyBytes);
    }

    /** A view of the value, or null; of an uncompressed batch only. */
    public ByteBuffer value() {
        return content(valueAt, valueBytes);
    }

    /** A view of key, value and headers with their lengths: all that does not depend on the batch; uncompressed only. */
    ByteBuffer content() {
        return content(contentAt, at - contentAt);
    }

    private ByteBuffer content(int from, int bytes) {
        Check.that(batch.compression() == CompressionCodec.NONE, "content is looked at in uncompressed batches only");
        return bytes < 0 ? null : window.slice(from, bytes);
    }

    @Override
    public void close() {
        InputStream open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // It reads from memory and is of no use any more; what it held is released all the same.
            }
        }
    }

    private byte readByte() {
        take(1);
        if (at == end && !refill()) {
            throw endsEarly();
        }
        return window.get(at++);
    }

    private int readVarint() {
        int zigzag = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte b = readByte();
            zigzag |= (b & 0x7f) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new InvalidRecords("a varint of more than 32 bits");
    }

    private long readVarlong() {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte b = readByte();
            zigzag |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new InvalidRecords("a varint of more than 64 bits");
    }

    /** Passes over the bytes of a field; a negative length means that there is no such field. */
    private void skip(int bytes) {
        if (bytes <= 0) {
            return;
        }
        take(bytes);
        int left = bytes;
        while (left > end - at) {
            left -= end - at;
            at = end;
            if (!refill()) {
                throw endsEarly();
            }
        }
        at += left;
    }

    private void take(int bytes) {
        if (bytes > recordBytesLeft) {
            throw new InvalidRecords(
                    "a field of " + bytes + " bytes where the record has " + recordBytesLeft + " left");
        }
        recordBytesLeft -= bytes;
    }

    /** Fills the empty window with what comes next; false at the end. */
    private boolean refill() {
        if (stream == null) {
            return false;
        }
        int bytes;
        try {
            bytes = stream.read(chunk, 0, chunk.length);
        } catch (IOException | RuntimeException damaged) {
            throw new InvalidRecords("damaged " + batch.compression() + ": " + damaged.getMessage(), damaged);
        }
        if (bytes <= 0) {
            return false;
        }
        streamBytesLeft -= bytes;
        if (streamBytesLeft < 0) {
            throw new InvalidRecords("a batch that unfolds to more than the limit");
        }
        at = 0;
        end = bytes;
        return true;
    }

    private static InvalidRecords endsEarly() {
        return new InvalidRecords("the records end before their count is reached");
    }
}
