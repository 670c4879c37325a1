package io.headrace.log;

import io.headrace.log.BatchScanner.Order;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Builds the indexes of a sealed segment anew from its log, on a disk thread. */
final class IndexRebuild {

    private IndexRebuild() {}

    /**
     * Reads and verifies the whole segment and replaces both its index files. Fails with {@link DamagedLog} if the segment
     * itself is damaged.
     *
     * @return the highest timestamp, -1 if there is none
     */
    static long run(LogFiles files, SegmentView segment, DiskFile log) throws IOException {
        SegmentIndex index = SegmentIndex.empty(segment.baseOffset());
        BatchScanner batches = new BatchScanner(
                log,
                files.path(segment.baseOffset(), FileNames.LOG),
                Order.RISING,
                segment.baseOffset(),
                0,
                segment.sizeInBytes(),
                Limits.SCAN_WINDOW_BYTES);
        while (batches.next() && batches.verify()) {
            index.append(
                    batches.batch().lastOffset(),
                    batches.position(),
                    batches.batch().latestTimestamp(),
                    files.indexIntervalBytes());
        }
        if (batches.damage() != null) {
            throw batches.damaged();
        }
        if (segment.isSealed() && segment.inPlace()) {
            IndexSave entries = index.rest();
            replace(files, files.path(segment.baseOffset(), FileNames.OFFSET_INDEX), entries.offsetEntries());
            replace(files, files.path(segment.baseOffset(), FileNames.TIME_INDEX), entries.timeEntries());
        }
        return index.maxTimestamp();
    }

    /** Two reads may stumble over the same index at once: the first to begin writes it, the other only goes on. */
    private static void replace(LogFiles files, Path path, ByteBuffer entries) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + FileNames.TEMPORARY);
        try (DiskFile file = files.disk().create(fresh)) {
            file.write(entries, 0);
            Durable.sync(file, fresh);
        } catch (FileAlreadyExistsException underWay) {
            return;
        }
        files.disk().rename(fresh, path);
        Durable.syncDirectory(files.disk(), files.directory());
    }
}
