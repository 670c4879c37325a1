package io.headrace.log;

import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which leader epoch began at which offset of a log. It answers where an epoch ended, by which clients and followers find
 * out whether they hold records that were never committed. Owned by the owner of the log; nothing is written to the file
 * unless {@link #write} is called, which may run on a disk thread over a {@link #entries() copy}.
 */
public final class LeaderEpochs {

    /** Name of the file in a partition's directory. */
    public static final String FILE_NAME = "leader-epoch-checkpoint";

    public static final int NO_EPOCH = -1;
    public static final long NO_OFFSET = -1;

    /** The first offset of a leader epoch. */
    public record Entry(int epoch, long startOffset) {}

    /** Where an epoch ended: the first offset that is not of it. Both are -1 where nothing is known. */
    public record EpochEnd(int epoch, long endOffset) {}

    /** Says that the batches from the offset on are of the epoch. True if that was news: then the file is to be written. */
    public boolean assign(int epoch, long startOffset) {
        throw new UnsupportedOperationException("coming");
    }

    /** -1 if there is none. */
    public int latestEpoch() {
        throw new UnsupportedOperationException("coming");
    }

    public EpochEnd endOffsetFor(int epoch, long logEndOffset) {
        throw new UnsupportedOperationException("coming");
    }

    /** The epoch of the batch at the offset, -1 if it lies before all of them. */
    public int epochOf(long offset) {
        throw new UnsupportedOperationException("coming");
    }

    /** Forgets what lies below the new log start. True if something changed. */
    public boolean truncateFromStart(long logStartOffset) {
        throw new UnsupportedOperationException("coming");
    }

    /** Forgets what lies at or above the new log end. True if something changed. */
    public boolean truncateFromEnd(long logEndOffset) {
        throw new UnsupportedOperationException("coming");
    }

    /** A copy, from the oldest epoch to the latest. */
    public List<Entry> entries() {
        throw new UnsupportedOperationException("coming");
    }

    /** Replaces the file, durably. */
    public static void write(Disk disk, Path file, List<Entry> entries) throws IOException {
        throw new UnsupportedOperationException("coming");
    }

    /** No epochs if there is no file. */
    public static LeaderEpochs read(Disk disk, Path file) throws IOException {
        throw new UnsupportedOperationException("coming");
    }
}
