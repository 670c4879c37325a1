package io.headrace.log;

import io.headrace.ports.Time;
import java.io.IOException;
import java.util.List;

/**
 * Finds what a reader asks for: near the log end from what is in memory, in a stretch that was read through a short while
 * ago with some reads of the index, and otherwise by a {@link ColdRead}. Belongs to the owner of the log.
 */
final class LogReader {

    private final SegmentList segments;
    private final Time time;
    private final ReadThrough readThrough = new ReadThrough();
    private int replacementsSeen;

    LogReader(SegmentList segments, Time time) {
        this.segments = segments;
        this.time = time;
    }

    /** @param bounds which the log holds */
    LogRead read(LogFiles files, ReadBounds bounds) {
        LogSlice hot = readFromMemory(bounds);
        if (hot != null) {
            return new LogRead.Hot(hot);
        }
        SegmentView[] views = segments.viewsFrom(bounds.fetchOffset());
        AbortedLookup aborted = bounds.committed()
                ? new AbortedLookup(files, views, segments.active().aborted().copy())
                : null;
        LogSlice warm = readAgain(files, views[0], bounds, aborted);
        if (warm != null) {
            return new LogRead.Hot(warm);
        }
        int positionInActive = segments.active().index().floorPosition(bounds.fetchOffset());
        return new LogRead.Cold(new ColdRead(files, views, positionInActive, bounds, aborted, segments.replacements()));
    }

    private LogSlice readFromMemory(ReadBounds bounds) {
        ActiveSegment active = segments.active();
        if (bounds.fetchOffset() < active.baseOffset()) {
            return null;
        }
        try {
            return active.read(bounds);
        } catch (IOException failed) {
            // The disk thread will meet the same trouble, and its failure is told to whoever waits.
            return null;
        }
    }

    /** Null if a disk thread is needed. */
    private LogSlice readAgain(LogFiles files, SegmentView segment, ReadBounds bounds, AbortedLookup aborted) {
        forgetWhatWasReplaced();
        boolean abortedOnDisk = aborted != null && aborted.needsDisk();
        ReadThrough.Stretch stretch = readThrough.find(bounds.fetchOffset(), abortedOnDisk, time.monotonicMs());
        if (stretch == null
                || stretch.segment() != segment.baseOffset()
                || stretch.upToOffset() > bounds.upToOffset()) {
            return null;
        }
        try {
            List<AbortedTransaction> leftOut =
                    abortedOnDisk ? stretch.abortedFrom(bounds.fetchOffset()) : inMemory(aborted, bounds);
            SegmentIndex index = segment.isSealed() ? null : segments.active().index();
            return new WarmRead(index, stretch, bounds).run(files, segment, leftOut);
        } catch (IOException failed) {
            return null;
        }
    }

    private static List<AbortedTransaction> inMemory(AbortedLookup aborted, ReadBounds bounds) throws IOException {
        return aborted == null ? List.of() : aborted.find(bounds.fetchOffset(), bounds.upToOffset());
    }

    /** The read has run on its disk thread. */
    void completed(ColdRead read) {
        forgetWhatWasReplaced();
        if (read.stretch() != null && read.replacements() == replacementsSeen) {
            readThrough.add(read.stretch(), time.monotonicMs());
        }
    }

    private void forgetWhatWasReplaced() {
        if (segments.replacements() != replacementsSeen) {
            replacementsSeen = segments.replacements();
            readThrough.clear();
        }
    }
}
