package io.headrace.log;

import io.headrace.log.BatchScanner.Order;
import io.headrace.ports.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * One segment opened on a disk thread, to find batches in it by offset or by time. Indexes are believed as far as the log
 * bears them out: where an entry leads to anything but a batch that may be there, the log is walked from its beginning and
 * the index is built anew.
 */
final class SegmentReader implements Closeable {

    private final LogFiles files;
    private final SegmentView segment;
    private final Path path;
    private final DiskFile file;

    private SegmentReader(LogFiles files, SegmentView segment, DiskFile file) {
        this.files = files;
        this.segment = segment;
        this.path = files.path(segment.baseOffset(), FileNames.LOG);
        this.file = file;
    }

    /** Null if retention has deleted the segment meanwhile. */
    static SegmentReader open(LogFiles files, SegmentView segment) throws IOException {
        DiskFile file = files.open(segment, FileNames.LOG);
        return file == null ? null : new SegmentReader(files, segment, file);
    }

    DiskFile file() {
        return file;
    }

    Path path() {
        return path;
    }

    /** A walk from the position, where a batch begins, to the end of the segment. */
    BatchScanner scan(int position, int windowBytes) {
        return new BatchScanner(file, path, Order.RISING, -1, position, segment.sizeInBytes(), windowBytes);
    }

    /** Where the first batch begins that holds the offset or a later one; the end of the segment if there is none. */
    int find(long offset) throws IOException {
        return find(offset, indexedPosition(offset));
    }

    /** As {@link #find(long)}, where it is known that a batch at or before that one begins at the position. */
    int find(long offset, int from) throws IOException {
        BatchScanner batches = scan(from, Limits.HEADER_WINDOW_BYTES);
        boolean found = walk(batches, offset);
        if (from > 0
                && (!found || (batches.position() == from && batches.batch().baseOffset() > offset))) {
            IndexRebuild.run(files, segment, file);
            batches = scan(0, Limits.HEADER_WINDOW_BYTES);
            found = walk(batches, offset);
        }
        if (!found) {
            throw batches.damaged();
        }
        return batches.position();
    }

    /** On to the first batch that reaches the offset, or to the end; false if damage is in the way. */
    static boolean walk(BatchScanner batches, long offset) throws IOException {
        while (batches.next()) {
            if (batches.batch().lastOffset() >= offset) {
                return true;
            }
        }
        return batches.damage() == null;
    }

    /** Where the offset index says to begin; the beginning of the segment if it says nothing, or nothing possible. */
    int indexedPosition(long offset) throws IOException {
        try (IndexFile index = IndexFile.offsets(files, segment)) {
            return positionAt(index, index.floor(Math.min(offset - segment.baseOffset(), Integer.MAX_VALUE)));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    /** The last beginning of a batch at or before the position that the offset index knows. */
    int indexedBoundary(int position) throws IOException {
        try (IndexFile index = IndexFile.offsets(files, segment)) {
            return positionAt(index, index.floorOfValue(position));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    private int positionAt(IndexFile index, int slot) throws IOException {
        int position = slot < 0 ? 0 : index.value(slot);
        return position < 0 || position >= segment.sizeInBytes() ? 0 : position;
    }

    /** The slice takes over the file. */
    LogSlice slice(int start, int length, List<AbortedTransaction> leftOut) {
        return new LogSlice(new SegmentFile(file, path, 0, 0), start, length, leftOut);
    }

    /** Where to begin to look for the first batch that reaches the time: at a batch, at it or before it. */
    int findBeforeTime(long timestampMs, long fromOffset) throws IOException {
        long offset = segment.baseOffset();
        try (IndexFile index = IndexFile.times(files, segment)) {
            int slot = index.floor(timestampMs);
            offset += slot < 0 ? 0 : Math.max(0, index.value(slot));
        } catch (NoSuchFileException none) {
            // The segment is walked from its beginning.
        }
        return find(Math.max(fromOffset, Math.min(offset, segment.nextOffset())));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
