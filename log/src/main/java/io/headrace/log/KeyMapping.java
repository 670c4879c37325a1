package io.headrace.log;

import io.headrace.wire.BatchRewriter;
import io.headrace.wire.InvalidRecords;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.io.IOException;
import java.util.List;

/**
 * The first half of a compaction: reads what has not been compacted yet and notes the latest offset of each key, until the
 * map is full. Runs on disk threads, one step after another.
 */
final class KeyMapping {

    private final LogFiles files;
    private final List<SegmentView> segments;
    private final AbortedAhead aborted;
    private final CompactionMemory memory;
    private final long fromOffset;
    private final long upToOffset;
    private final CleanedTransactions transactions = new CleanedTransactions();
    private final RecordCursor records = new RecordCursor();
    private final BatchRewriter unfolder = new BatchRewriter();
    private KeyOffsets keys;
    private long mappedUpTo;
    private int index;
    private int position = -1;
    private boolean done;

    /**
     * @param segments those that hold the range, all of them sealed
     * @param aborted knows all aborted transactions in them
     */
    KeyMapping(
            LogFiles files,
            List<SegmentView> segments,
            AbortedAhead aborted,
            CompactionMemory memory,
            long fromOffset,
            long upToOffset) {
        this.files = files;
        this.segments = segments;
        this.aborted = aborted;
        this.memory = memory;
        this.fromOffset = fromOffset;
        this.upToOffset = upToOffset;
        this.mappedUpTo = fromOffset;
    }

    /** Reads about so many bytes on; returns how many they were, -1 if a segment has been deleted meanwhile. */
    long step(int bytes) throws IOException {
        if (index == segments.size()) {
            done = true;
            mappedUpTo = upToOffset;
            return 0;
        }
        SegmentView segment = segments.get(index);
        try (SegmentReader reader = SegmentReader.open(files, segment)) {
            if (reader == null) {
                return -1;
            }
            if (position < 0) {
                transactions.expect(aborted.in(segment));
                position = reader.find(fromOffset);
            }
            int from = position;
            BatchScanner batches = reader.scan(position, Limits.SCAN_WINDOW_BYTES);
            while (!done && position - from < bytes && batches.next()) {
                take(batches);
            }
            if (batches.damage() != null) {
                throw batches.damaged();
            }
            if (position == segment.sizeInBytes()) {
                index++;
                position = -1;
                mappedUpTo = segment.nextOffset();
            }
            return Math.max(0, position - from);
        }
    }

    /** Whole batches only: where the map ends between two of them, the next compaction goes on with the second. */
    private void take(BatchScanner batches) throws IOException {
        if (!batches.verify()) {
            return;
        }
        RecordBatch header = batches.batch();
        long nextOffset = header.nextOffset();
        try {
            if (header.isControl()) {
                transactions.isSpent(batches.readWhole());
            } else if (!transactions.isAborted(header) && header.recordCount() > 0 && !note(batches)) {
                done = true;
                return;
            }
        } catch (InvalidRecords unreadable) {
            throw batches.damaged(unreadable.getMessage());
        }
        position = batches.end();
        mappedUpTo = nextOffset;
    }

    /** False if there is no room for the keys of the batch. */
    private boolean note(BatchScanner batches) throws IOException {
        int recordCount = batches.batch().recordCount();
        if (keys == null) {
            keys = memory.mapFor(upToOffset - fromOffset, recordCount);
        }
        if (keys.room() < recordCount) {
            return false;
        }
        records.open(unfolder.unfold(batches.readWhole()));
        while (records.next()) {
            if (records.hasKey() && records.offset() >= fromOffset) {
                keys.put(records.key(), records.offset());
            }
        }
        return true;
    }

    boolean done() {
        return done;
    }

    /** The latest offsets of the keys below {@link #mappedUpTo()}. */
    KeyOffsets keys() {
        return keys == null ? memory.mapFor(0, 0) : keys;
    }

    /** The offset behind the last batch that was noted. */
    long mappedUpTo() {
        return mappedUpTo;
    }
}
