package io.headrace.log;

import io.headrace.ports.DiskFile;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The segment that compaction is writing, in files that end in {@code .cleaned}: batches, and in the end the indexes. The
 * file is opened anew for each step, so that nothing has to be closed when a compaction is given up between two. Runs on
 * disk threads.
 */
final class CleanedSegment {

    private final LogFiles files;
    private final long baseOffset;
    private final Path path;
    private final SegmentIndex index;
    private final RecordBatch batch = new RecordBatch();
    private ByteBuffer buffer = ByteBuffer.allocate(Limits.SCAN_WINDOW_BYTES);
    private int writtenBytes;
    private int syncedBytes;
    private long firstTimestamp = RecordBatch.NO_TIMESTAMP;

    CleanedSegment(LogFiles files, long baseOffset) throws IOException {
        this.files = files;
        this.baseOffset = baseOffset;
        this.path = files.path(baseOffset, FileNames.LOG + FileNames.CLEANED);
        this.index = SegmentIndex.empty(baseOffset);
        files.disk().delete(path);
        files.disk().create(path).close();
    }

    /** Adds a batch, which {@link #write} will write. */
    void append(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > Integer.MAX_VALUE - sizeInBytes()) {
            throw new IOException("compaction makes " + path + " larger than a segment can be");
        }
        batch.wrap(bytes, bytes.position());
        if (sizeInBytes() == 0) {
            firstTimestamp = batch.maxTimestamp();
        }
        index.append(batch.lastOffset(), sizeInBytes(), batch.latestTimestamp(), files.indexIntervalBytes());
        if (bytes.remaining() > buffer.remaining()) {
            int needed = Math.addExact(buffer.position(), bytes.remaining());
            int doubled = (int) Math.min(2L * buffer.capacity(), Integer.MAX_VALUE - 8);
            buffer = ByteBuffer.allocate(Math.max(needed, doubled)).put(buffer.flip());
        }
        buffer.put(bytes);
    }

    int sizeInBytes() {
        return writtenBytes + buffer.position();
    }

    /** Writes what has been added since the last time; now and then it is synced, so that the last sync is not a long one. */
    void write() throws IOException {
        if (buffer.position() == 0) {
            return;
        }
        try (DiskFile file = files.disk().open(path)) {
            buffer.flip();
            int bytes = buffer.remaining();
            file.write(buffer, writtenBytes);
            buffer.clear();
            writtenBytes += bytes;
            if (writtenBytes - syncedBytes >= Limits.COMPACTION_SYNC_BYTES) {
                Durable.sync(file, path);
                syncedBytes = writtenBytes;
            }
        }
    }

    /**
     * Everything is on stable storage on return, save the names.
     *
     * @param listed write the list of aborted transactions even if there are none
     */
    void finish(List<AbortedTransaction> aborted, boolean listed) throws IOException {
        write();
        try (DiskFile file = files.disk().open(path)) {
            Durable.sync(file, path);
        }
        index.rest().write(files.disk(), files.directory(), FileNames.CLEANED, true);
        if (listed || !aborted.isEmpty()) {
            AbortedFile.write(files, baseOffset, FileNames.CLEANED, aborted);
        }
    }

    /** Milliseconds, -1 if no batch has a timestamp. */
    long maxTimestamp() {
        return index.maxTimestamp();
    }

    long firstTimestamp() {
        return firstTimestamp;
    }
}
