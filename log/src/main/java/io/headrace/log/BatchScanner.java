package io.headrace.log;

import io.headrace.ports.DiskFile;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Walks the batches in a stretch of a segment file, by their headers alone or through all of their bytes. It stops at the
 * end of the stretch or at the first bytes that are not a batch that belongs there; {@link #damage()} tells which. Belongs
 * to one thread.
 */
final class BatchScanner {

    /** What the offsets of batches that follow on each other are like. */
    enum Order {
        /** Each batch begins where the last ended: so they were appended. */
        CONTIGUOUS,
        /** There may be gaps, which compaction leaves. */
        RISING
    }

    private final DiskFile file;
    private final Path path;
    private final Order order;
    private final int to;
    private final ByteBuffer window;
    private int windowAt;
    private final ByteBuffer header = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
    private final RecordBatch batch = new RecordBatch();
    private final CRC32C crc = new CRC32C();
    private long nextOffset;
    private int position;
    private int end;
    private String damage;

    /**
     * @param nextOffset the offset that the first batch has under {@link Order#CONTIGUOUS}, and else at least has; -1 if
     *     it may be any
     * @param from position of a batch, or the same as {@code to}
     */
    BatchScanner(DiskFile file, Path path, Order order, long nextOffset, int from, int to, int windowBytes) {
        this.file = file;
        this.path = path;
        this.order = order;
        this.nextOffset = nextOffset;
        this.position = from;
        this.end = from;
        this.to = to;
        this.window = ByteBuffer.allocate(Math.max(RecordBatch.HEADER_BYTES, Math.min(windowBytes, to - from)));
        window.limit(0);
    }

    /** Moves to the next batch by its header; false if there is none. */
    boolean next() throws IOException {
        position = end;
        if (position >= to || damage != null) {
            return false;
        }
        damage = readHeader();
        if (damage != null) {
            return false;
        }
        end = position + batch.sizeInBytes();
        nextOffset = batch.nextOffset();
        return true;
    }

    /** Reads through the present batch; false if its bytes do not match its checksum. */
    boolean verify() throws IOException {
        if (!checksumMatches()) {
            damage = "the checksum of the batch does not match";
            end = position;
            nextOffset = batch.baseOffset();
        }
        return damage == null;
    }

    /** What is wrong with the batch at the position, or null. */
    private String readHeader() throws IOException {
        if (to - position < RecordBatch.HEADER_BYTES || !load(position, RecordBatch.HEADER_BYTES)) {
            return "a batch begins and its header does not end";
        }
        header.put(0, window, position - windowAt, RecordBatch.HEADER_BYTES);
        BatchStatus status = batch.wrapHeader(header, 0);
        if (status != BatchStatus.WHOLE) {
            return "there is no batch where one should begin";
        }
        if (batch.sizeInBytes() > to - position) {
            return "a batch of " + batch.sizeInBytes() + " bytes begins where " + (to - position) + " are left";
        }
        if (!inOrder() || batch.lastOffsetDelta() < 0) {
            return "a batch of offsets " + batch.baseOffset() + " to " + batch.lastOffset() + " is found where offset "
                    + nextOffset + " is due";
        }
        return null;
    }

    private boolean inOrder() {
        return nextOffset < 0 || order == Order.RISING
                ? batch.baseOffset() >= nextOffset
                : batch.baseOffset() == nextOffset;
    }

    private boolean checksumMatches() throws IOException {
        crc.reset();
        int at = position + RecordBatch.ATTRIBUTES_AT;
        int batchEnd = position + batch.sizeInBytes();
        while (at < batchEnd) {
            if (!load(at, 1)) {
                return false;
            }
            int from = at - windowAt;
            int bytes = Math.min(batchEnd - at, window.limit() - from);
            crc.update(window.array(), from, bytes);
            at += bytes;
        }
        return (int) crc.getValue() == batch.storedCrc();
    }

    /** Makes the window hold the bytes; false if the file ends before them. */
    private boolean load(int at, int bytes) throws IOException {
        if (at >= windowAt && at + bytes <= windowAt + window.limit()) {
            return true;
        }
        window.clear().limit(Math.min(window.capacity(), to - at));
        windowAt = at;
        file.read(window, at);
        window.flip();
        return window.limit() >= bytes;
    }

    /** The header of the present batch; its records are not there. Valid until the next. */
    RecordBatch batch() {
        return batch;
    }

    /** The present batch with its records, in a buffer of its own. */
    RecordBatch readWhole() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(end - position);
        file.read(bytes, position);
        RecordBatch whole = new RecordBatch();
        if (whole.wrap(bytes.flip(), 0) != BatchStatus.WHOLE) {
            throw new DamagedLog(path, position, batch.baseOffset(), "a batch became shorter while it was read");
        }
        return whole;
    }

    /** Where the present batch begins, or what is damaged, or the stretch ends. */
    int position() {
        return position;
    }

    /** Where the present batch ends. */
    int end() {
        return end;
    }

    /** The offset after the last batch that was found. */
    long nextOffset() {
        return nextOffset;
    }

    /** Why the walk stopped before the end of the stretch, null if it did not. */
    String damage() {
        return damage;
    }

    DamagedLog damaged() {
        return damaged(damage);
    }

    /** For damage that somebody else has found in the present batch. */
    DamagedLog damaged(String what) {
        return new DamagedLog(path, position, damage == null ? batch.baseOffset() : nextOffset, what);
    }
}
