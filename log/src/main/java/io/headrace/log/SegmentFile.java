package io.headrace.log;

import io.headrace.ports.Check;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An open {@code .log} file, which stays open until its last user lets go: the log that appends to it, and every slice of
 * it that is on its way to a reader. Counted on the thread of the log's owner.
 */
final class SegmentFile {

    private final DiskFile file;
    private final Path path;
    private int users = 1;

    /** Bytes that hold batches; what lies behind them in the file does not count. */
    private int writtenBytes;

    /** Of these, bytes that are durable. */
    private int flushedBytes;

    SegmentFile(DiskFile file, Path path, int writtenBytes, int flushedBytes) {
        this.file = file;
        this.path = path;
        this.writtenBytes = writtenBytes;
        this.flushedBytes = flushedBytes;
    }

    DiskFile file() {
        return file;
    }

    Path path() {
        return path;
    }

    int writtenBytes() {
        return writtenBytes;
    }

    int flushedBytes() {
        return flushedBytes;
    }

    int unflushedBytes() {
        return writtenBytes - flushedBytes;
    }

    void wrote(int bytes) {
        writtenBytes += bytes;
    }

    void flushed(int upTo) {
        flushedBytes = Math.max(flushedBytes, upTo);
    }

    SegmentFile lease() {
        Check.that(users > 0, "a closed file is not leased");
        users++;
        return this;
    }

    void release() {
        users--;
        Check.that(users >= 0, "a file was released more often than it was leased");
        if (users == 0) {
            close();
        }
    }

    private void close() {
        try {
            file.close();
        } catch (IOException ignored) {
            // What had to be durable has been synced; there is nobody left who could do anything about it.
        }
    }
}
