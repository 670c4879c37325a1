package io.headrace.log;

import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a log should hold: its batches in a list, searched from end to end. */
final class LogModel {

    /** A batch as it is in the log. */
    record Batch(long baseOffset, long lastOffset, int epoch, long maxTimestamp, ByteBuffer bytes) {

        static Batch of(ByteBuffer assigned) {
            RecordBatch header = new RecordBatch();
            header.wrap(assigned, assigned.position());
            ByteBuffer bytes = ByteBuffer.allocate(header.sizeInBytes());
            bytes.put(0, assigned, assigned.position(), header.sizeInBytes());
            return new Batch(
                    header.baseOffset(), header.lastOffset(), header.leaderEpoch(), header.maxTimestamp(), bytes);
        }

        int size() {
            return bytes.capacity();
        }

        /** As its producer sent it. */
        ByteBuffer sent() {
            return ByteBuffer.allocate(size())
                    .put(bytes.duplicate())
                    .putLong(RecordBatch.BASE_OFFSET_AT, 0)
                    .flip();
        }

        RecordBatch header() {
            RecordBatch header = new RecordBatch();
            header.wrap(bytes, 0);
            return header;
        }
    }

    final List<Batch> batches = new ArrayList<>();

    long endOffset() {
        return batches.isEmpty() ? 0 : batches.getLast().lastOffset() + 1;
    }

    void cutTo(long endOffset) {
        batches.removeIf(batch -> batch.lastOffset() >= endOffset);
    }

    /** The batches from the one that holds the offset on, which do not reach past the other. */
    List<Batch> visible(long fromOffset, long upToOffset) {
        List<Batch> visible = new ArrayList<>();
        for (Batch batch : batches) {
            if (batch.lastOffset() >= fromOffset && batch.lastOffset() < upToOffset) {
                visible.add(batch);
            }
        }
        return visible;
    }

    Batch holding(long offset) {
        for (Batch batch : batches) {
            if (batch.lastOffset() >= offset) {
                return batch;
            }
        }
        throw new AssertionError("no batch holds " + offset);
    }

    TimestampOffset firstAtOrAfter(long timestamp, long fromOffset, long upToOffset) {
        for (Batch batch : batches) {
            RecordCursor records = new RecordCursor();
            records.open(batch.header());
            while (records.next()) {
                if (records.timestamp() >= timestamp
                        && records.offset() >= fromOffset
                        && records.offset() < upToOffset) {
                    return new TimestampOffset(records.offset(), records.timestamp(), batch.epoch());
                }
            }
        }
        return TimestampOffset.NONE;
    }

    /** Highest timestamp of whole batches in the range, -1 if there is none. */
    long maxTimestamp(long fromOffset, long upToOffset) {
        long max = -1;
        for (Batch batch : visible(fromOffset, upToOffset)) {
            max = Math.max(max, batch.maxTimestamp());
        }
        return max;
    }
}
