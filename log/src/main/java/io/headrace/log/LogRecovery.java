package io.headrace.log;

import io.headrace.log.BatchScanner.Order;
import io.headrace.ports.DiskFile;
import io.headrace.ports.Time;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Loads a log, on a disk thread. What lies below the recovery point had been made durable: it is not read, and whatever of
 * it is found missing or damaged on the way is told as {@link DamagedLog}, never repaired. What lies above it is read
 * batch by batch up to the first that is not whole; from there on the log is cut off. After a clean stop all of it had
 * been made durable.
 */
final class LogRecovery {

    private final LogFiles files;
    private final LogIdentity id;
    private final LogConfig config;
    private final LoadPoint from;
    private final long wallMs;
    private final Order order;

    private final List<SegmentView> sealed = new ArrayList<>();
    private DirectoryContent content;
    private LeaderEpochs epochs;
    private int epochInFile;
    private long recoveryPoint;
    private long durableUpTo;
    private long scannedFrom;
    private long bytesScanned;
    private long bytesTruncated;
    private int segmentsDropped;
    private int indexesRebuilt;

    LogRecovery(LogFiles files, LogIdentity id, LogConfig config, Time time, LoadPoint from) {
        this.files = files;
        this.id = id;
        this.config = config;
        this.from = from;
        this.wallMs = time.wallMs();
        // Where a recovery point is on record, compaction has left gaps below it only.
        this.order = files.gaps() && from.recoveryPoint() == 0 ? Order.RISING : Order.CONTIGUOUS;
    }

    PartitionLog.Loaded run() throws IOException {
        PartitionMetadata.claim(files.disk(), files.directory(), id.topicId());
        epochs = LeaderEpochs.read(files.disk(), files.directory().resolve(LeaderEpochs.FILE_NAME));
        epochInFile = epochs.latestEpoch();
        content = DirectoryContent.read(files);
        ActiveSegment active = content.segments().isEmpty()
                ? startAt(from.logStartOffset())
                : load(new ArrayList<>(content.segments()));
        boolean complete = false;
        try {
            active = startOverIfBelow(from.logStartOffset(), active);
            PartitionLog.Loaded loaded = complete(active);
            if (!from.clean()) {
                makeNamesDurable();
            }
            complete = true;
            return loaded;
        } finally {
            if (!complete) {
                active.file().release();
            }
        }
    }

    /** The last life may have ended between making a file, or all of the directory, and syncing its name. */
    private void makeNamesDurable() throws IOException {
        Durable.syncDirectory(files.disk(), files.directory());
        Durable.syncDirectory(files.disk(), files.directory().toAbsolutePath().getParent());
    }

    // ---- segments

    private ActiveSegment load(List<Long> bases) throws IOException {
        recoveryPoint = Math.max(from.recoveryPoint(), bases.getFirst());
        durableUpTo = Math.max(from.durableUpTo(), recoveryPoint);
        int first = bases.size() - 1;
        while (!from.clean() && bases.get(first) > recoveryPoint) {
            first--;
        }
        for (int i = 0; i < first; i++) {
            sealed.add(loadSealed(bases.get(i), bases.get(i + 1)));
        }
        scannedFrom = Math.max(recoveryPoint, bases.get(first));
        for (int i = first; ; i++) {
            boolean last = i == bases.size() - 1;
            ActiveSegment active = scan(bases.get(i), last ? -1 : bases.get(i + 1));
            if (active != null) {
                drop(bases.subList(i + 1, bases.size()));
                return active;
            }
        }
    }

    private SegmentView loadSealed(long baseOffset, long nextOffset) throws IOException {
        Path path = files.path(baseOffset, FileNames.LOG);
        int size = (int) Math.min(files.disk().size(path), Integer.MAX_VALUE);
        if (size == 0 && !files.gaps()) {
            throw new DamagedLog(path, 0, baseOffset, "it is empty, and the next segment begins at " + nextOffset);
        }
        long firstTimestamp = config.compacts() ? firstTimestamp(path, size) : RecordBatch.NO_TIMESTAMP;
        SegmentView unindexed = SegmentView.sealed(baseOffset, nextOffset, size, firstTimestamp, -1, wallMs);
        OptionalLong indexed = SavedIndex.maxTimestamp(files, unindexed);
        long maxTimestamp = indexed.isPresent() ? indexed.getAsLong() : rebuildIndex(unindexed);
        return SegmentView.sealed(baseOffset, nextOffset, size, firstTimestamp, maxTimestamp, wallMs);
    }

    private long firstTimestamp(Path path, int size) throws IOException {
        try (DiskFile log = files.disk().open(path)) {
            BatchScanner first = new BatchScanner(log, path, Order.RISING, -1, 0, size, RecordBatch.HEADER_BYTES);
            return first.next() ? first.batch().maxTimestamp() : RecordBatch.NO_TIMESTAMP;
        }
    }

    private long rebuildIndex(SegmentView segment) throws IOException {
        indexesRebuilt++;
        try (DiskFile log = files.disk().open(files.path(segment.baseOffset(), FileNames.LOG))) {
            return IndexRebuild.run(files, segment, log);
        }
    }

    /**
     * Null if the segment is whole and another one follows on it.
     *
     * @param nextBase where the next segment begins, -1 if there is none
     */
    private ActiveSegment scan(long baseOffset, long nextBase) throws IOException {
        Path path = files.path(baseOffset, FileNames.LOG);
        DiskFile file = files.disk().open(path);
        boolean keepOpen = false;
        try {
            SegmentScan scan =
                    new SegmentScan(files, file, baseOffset, recoveryPoint, durableUpTo, from.clean(), order);
            scan.run(epochs);
            bytesScanned += scan.bytesVerified();
            indexesRebuilt += scan.indexRebuilt() ? 1 : 0;
            boolean followed = scan.invalidBytes() == 0
                    && nextBase >= 0
                    && (scan.nextOffset() == nextBase || (order == Order.RISING && scan.nextOffset() < nextBase));
            if (followed) {
                sealed.add(seal(scan, file, path, baseOffset, nextBase));
                return null;
            }
            checkEnd(scan, path);
            ActiveSegment active = activate(scan, file, path, baseOffset);
            keepOpen = true;
            return active;
        } finally {
            if (!keepOpen) {
                file.close();
            }
        }
    }

    /** The log ends here: then nothing that had been made durable may be missing. */
    private void checkEnd(SegmentScan scan, Path path) throws IOException {
        if (scan.nextOffset() < durableUpTo) {
            throw new DamagedLog(
                    path,
                    scan.validBytes(),
                    scan.nextOffset(),
                    "the log ends there, and had been made durable up to offset " + durableUpTo);
        }
    }

    private SegmentView seal(SegmentScan scan, DiskFile file, Path path, long baseOffset, long nextBase)
            throws IOException {
        writeAgain(file, scan);
        Durable.sync(file, path);
        scan.index().rest().write(files.disk(), files.directory(), true);
        return SegmentView.sealed(
                baseOffset,
                nextBase,
                scan.validBytes(),
                scan.firstTimestamp(),
                scan.index().maxTimestamp(),
                wallMs);
    }

    private ActiveSegment activate(SegmentScan scan, DiskFile file, Path path, long baseOffset) throws IOException {
        int size = scan.validBytes();
        if (scan.invalidBytes() > 0) {
            bytesTruncated += scan.invalidBytes();
            file.truncate(size);
            Durable.sync(file, path);
        }
        if (!from.clean()) {
            writeAgain(file, scan);
            // Readers had been shown what was flushed, and must not find the end of the log before that now.
            Durable.sync(file, path);
            saveIndex(scan);
        }
        return new ActiveSegment(
                baseOffset,
                new SegmentFile(file, path, size, size),
                scan.index(),
                scan.nextOffset(),
                scan.nextOffset(),
                scan.verifiedFrom(),
                scan.firstTimestamp(),
                wallMs);
    }

    /**
     * Writes what was never known to be durable once more, as it was read just now. Had its fsync failed in an earlier life,
     * the kernel would take it for clean: it would be found, shown and acknowledged today, every fsync would succeed, and
     * the next power loss would take it away.
     */
    private static void writeAgain(DiskFile file, SegmentScan scan) throws IOException {
        int position = scan.flushedBytes();
        int end = scan.validBytes();
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(0, Math.min(Limits.SCAN_WINDOW_BYTES, end - position)));
        while (position < end) {
            bytes.clear().limit(Math.min(bytes.capacity(), end - position));
            file.read(bytes, position);
            file.write(bytes.flip(), position);
            position += bytes.limit();
        }
    }

    /** Synced, since entries below the recovery point are trusted the next time, and these are among them. */
    private void saveIndex(SegmentScan scan) throws IOException {
        if (!scan.indexFilesDiffer()) {
            return;
        }
        IndexSave entries = scan.index().replacing();
        try {
            entries.write(files.disk(), files.directory(), true);
            scan.index().saved(entries);
        } catch (SyncFailed failure) {
            throw failure;
        } catch (IOException full) {
            // The log can be read all the same; the entries stay in memory until there is room for them.
        }
    }

    /** What lies behind the end of the log. From the last on, so that the log has no hole if this is interrupted. */
    private void drop(List<Long> bases) throws IOException {
        for (long baseOffset : bases.reversed()) {
            bytesTruncated += files.disk().size(files.path(baseOffset, FileNames.LOG));
            segmentsDropped++;
            RetentionTicket.deleteSegment(files, baseOffset, "");
            content.snapshots().remove(baseOffset);
            Durable.syncDirectory(files.disk(), files.directory());
        }
    }

    /** As in Kafka: when nothing is left of what lies above the log start, the log is empty and begins there. */
    private ActiveSegment startOverIfBelow(long logStartOffset, ActiveSegment active) throws IOException {
        if (active.nextOffset() >= logStartOffset) {
            return active;
        }
        active.file().release();
        List<Long> bases = new ArrayList<>();
        for (SegmentView segment : sealed) {
            bases.add(segment.baseOffset());
        }
        bases.add(active.baseOffset());
        sealed.clear();
        drop(bases);
        for (long snapshot : content.snapshots()) {
            files.disk().delete(files.path(snapshot, FileNames.PRODUCER_SNAPSHOT));
        }
        content.snapshots().clear();
        return startAt(logStartOffset);
    }

    private ActiveSegment startAt(long offset) throws IOException {
        Path path = files.path(offset, FileNames.LOG);
        if (from.durableUpTo() > offset) {
            throw new DamagedLog(
                    path, 0, offset, "it is missing, and the log had been made durable up to " + from.durableUpTo());
        }
        recoveryPoint = offset;
        durableUpTo = offset;
        scannedFrom = offset;
        DiskFile file = files.disk().create(path);
        Durable.syncDirectory(files.disk(), files.directory());
        return ActiveSegment.empty(offset, new SegmentFile(file, path, 0, 0), wallMs);
    }

    // ---- the rest

    private PartitionLog.Loaded complete(ActiveSegment active) throws IOException {
        long first = sealed.isEmpty() ? active.baseOffset() : sealed.getFirst().baseOffset();
        long logStartOffset = Math.max(from.logStartOffset(), first);
        boolean cutAtEnd = epochs.truncateFromEnd(active.nextOffset());
        boolean cutAtStart = epochs.truncateFromStart(first);
        if (cutAtEnd || cutAtStart) {
            LeaderEpochs.write(files.disk(), files.directory().resolve(LeaderEpochs.FILE_NAME), epochs.entries());
            epochInFile = epochs.latestEpoch();
        }
        ProducerStates producers = new ProducerStates(config.producerIdExpirationMs());
        ProducerRecovery recovery = new ProducerRecovery(files, producers, content.snapshots(), wallMs);
        AbortedRecovery aborted = new AbortedRecovery(files, content.txnIndexes(), active.aborted(), from.clean());
        SegmentView[] sealedViews = sealed.toArray(SegmentView.NONE);
        recovery.run(new SegmentList(sealedViews, active).views(), active.nextOffset(), aborted);
        if (from.clean() && recovery.changed()) {
            Durable.syncDirectory(files.disk(), files.directory());
        }
        return new PartitionLog.Loaded(
                new SegmentList(aborted.marked(sealedViews), active),
                epochs,
                producers,
                new SavedState(
                        recovery.newest(),
                        recovery.newestIsPassing() ? recovery.newest() : StateSave.NO_SNAPSHOT,
                        epochInFile,
                        !from.clean()),
                new LogCompaction(from.cleanedUpTo()),
                logStartOffset,
                active.nextOffset(),
                from.clean() ? active.nextOffset() : recoveryPoint,
                report(active.nextOffset(), recovery.dropped()));
    }

    private LoadReport report(long logEndOffset, int snapshotsDropped) {
        return new LoadReport(
                scannedFrom,
                logEndOffset,
                bytesScanned,
                bytesTruncated,
                segmentsDropped,
                indexesRebuilt,
                snapshotsDropped);
    }
}
