package io.headrace.log;

import io.headrace.wire.InvalidRecords;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Brings the producers of a log that is being loaded to its end: from the newest snapshot that is whole, and the headers of
 * the batches behind it. Runs on a disk thread, once.
 */
final class ProducerRecovery {

    private final LogFiles files;
    private final ProducerStates producers;
    private final NavigableSet<Long> snapshots;
    private final long wallMs;
    private int dropped;
    private boolean changed;
    private long newest = StateSave.NO_SNAPSHOT;
    private boolean newestIsPassing;

    ProducerRecovery(LogFiles files, ProducerStates producers, NavigableSet<Long> snapshots, long wallMs) {
        this.files = files;
        this.producers = producers;
        this.snapshots = snapshots;
        this.wallMs = wallMs;
    }

    /** Batches below the log start count too, as long as they are there: their producers have not forgotten them. */
    void run(SegmentView[] segments, long logEndOffset, AbortedRecovery aborted) throws IOException {
        dropBeyond(logEndOffset);
        long from = restoreNewest(logEndOffset);
        long damaged = aborted.firstDamaged(segments, from);
        if (damaged < from) {
            producers.clear();
            from = restoreNewest(damaged);
        }
        for (int i = 0; i < segments.length; i++) {
            if (i > 0 && i == segments.length - 1 && segments[i].baseOffset() > from) {
                snapshotAt(segments[i].baseOffset());
            }
            boolean behind = segments[i].nextOffset() > from && segments[i].sizeInBytes() > 0;
            aborted.settle(segments[i], from, behind ? replay(segments[i], from) : List.of());
        }
        dropPassing(segments);
    }

    /** As a roll would have taken it: when retention deletes the segments before it, their producers are not forgotten. */
    private void snapshotAt(long offset) throws IOException {
        ProducerSnapshot.write(
                files.disk(), files.path(offset, FileNames.PRODUCER_SNAPSHOT), ProducerSnapshot.encode(producers));
        snapshots.add(offset);
        changed = true;
    }

    /** They tell of batches that are not there any more. */
    private void dropBeyond(long logEndOffset) throws IOException {
        while (!snapshots.isEmpty() && snapshots.last() > logEndOffset) {
            drop(snapshots.pollLast());
        }
    }

    private long restoreNewest(long atMost) throws IOException {
        for (Long offset = snapshots.floor(atMost); offset != null; offset = snapshots.floor(atMost)) {
            if (ProducerSnapshot.read(
                    files.disk(), files.path(offset, FileNames.PRODUCER_SNAPSHOT), producers, wallMs)) {
                return offset;
            }
            snapshots.remove(offset);
            drop(offset);
        }
        return StateSave.NO_SNAPSHOT;
    }

    private void drop(long offset) throws IOException {
        files.disk().delete(files.path(offset, FileNames.PRODUCER_SNAPSHOT));
        dropped++;
        changed = true;
    }

    /** The transactions that were aborted in what was read. */
    private List<AbortedTransaction> replay(SegmentView segment, long from) throws IOException {
        List<AbortedTransaction> aborted = new ArrayList<>(0);
        try (SegmentReader reader = SegmentReader.open(files, segment)) {
            if (reader == null) {
                throw new IOException("segment " + segment.baseOffset() + " vanished while its log was loaded");
            }
            BatchScanner batches = reader.scan(reader.find(from), Limits.HEADER_WINDOW_BYTES);
            while (batches.next()) {
                RecordBatch batch = batches.batch();
                if (batch.hasProducerId()) {
                    AbortedTransaction one = replay(batch.isControl() ? batches.readWhole() : batch, batches);
                    if (one != null) {
                        aborted.add(one);
                    }
                }
            }
            if (batches.damage() != null) {
                throw batches.damaged();
            }
        }
        return aborted;
    }

    private AbortedTransaction replay(RecordBatch batch, BatchScanner at) throws IOException {
        try {
            return producers.append(batch);
        } catch (InvalidRecords unreadable) {
            throw at.damaged(unreadable.getMessage());
        }
    }

    /** Between the snapshots with which segments begin, the newest alone is of use. */
    private void dropPassing(SegmentView[] segments) throws IOException {
        TreeSet<Long> kept = new TreeSet<>();
        for (SegmentView segment : segments) {
            kept.add(segment.baseOffset());
        }
        while (!snapshots.isEmpty()) {
            long offset = snapshots.pollFirst();
            if (snapshots.isEmpty()) {
                newest = offset;
                newestIsPassing = !kept.contains(offset);
            } else if (!kept.contains(offset)) {
                files.disk().delete(files.path(offset, FileNames.PRODUCER_SNAPSHOT));
            }
        }
    }

    /** Offset of the newest snapshot, {@link StateSave#NO_SNAPSHOT} if there is none. */
    long newest() {
        return newest;
    }

    /** No segment begins at the newest snapshot. */
    boolean newestIsPassing() {
        return newestIsPassing;
    }

    /** Names in the directory have changed that must not change back. */
    boolean changed() {
        return changed;
    }

    /** Snapshots that were damaged, or of a longer log. */
    int dropped() {
        return dropped;
    }
}
