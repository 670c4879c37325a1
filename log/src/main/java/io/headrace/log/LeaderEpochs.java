package io.headrace.log;

import io.headrace.ports.Check;
import io.headrace.ports.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which leader epoch began at which offset of a log. It answers where an epoch ended, by which clients and followers find
 * out whether they hold records that were never committed. Belongs to the owner of the log; the file is written on a disk
 * thread, from a copy. Epochs and their start offsets both rise strictly from entry to entry.
 */
public final class LeaderEpochs {

    /** Name of the file in a partition's directory. */
    public static final String FILE_NAME = "leader-epoch-checkpoint";

    public static final int NO_EPOCH = -1;
    public static final long NO_OFFSET = -1;

    private static final int WORDS = 2;
    private static final int INITIAL_CAPACITY = 2;

    /** As long as a log has been led once, which on one node is always so, this is all the memory that it takes. */
    private int[] epochs = new int[INITIAL_CAPACITY];

    private long[] startOffsets = new long[INITIAL_CAPACITY];
    private int size;

    /** The first offset of a leader epoch. */
    public record Entry(int epoch, long startOffset) {}

    /** Where an epoch ended: the first offset that is not of it. Both are -1 where nothing is known. */
    public record EpochEnd(int epoch, long endOffset) {
        static final EpochEnd UNKNOWN = new EpochEnd(NO_EPOCH, NO_OFFSET);

        public boolean isUnknown() {
            return endOffset == NO_OFFSET;
        }
    }

    /**
     * Says that the batches from the offset on are of the epoch; entries that contradict it give way. True if that was
     * news: then the file is to be written.
     */
    public boolean assign(int epoch, long startOffset) {
        Check.that(epoch >= 0 && startOffset >= 0, "epochs and offsets are not negative", epoch, startOffset);
        if (size > 0 && epochs[size - 1] == epoch && startOffsets[size - 1] <= startOffset) {
            return false;
        }
        while (size > 0 && (epochs[size - 1] >= epoch || startOffsets[size - 1] >= startOffset)) {
            size--;
        }
        if (size == epochs.length) {
            epochs = Arrays.copyOf(epochs, 2 * size);
            startOffsets = Arrays.copyOf(startOffsets, 2 * size);
        }
        epochs[size] = epoch;
        startOffsets[size] = startOffset;
        size++;
        return true;
    }

    /** The epoch of the latest batch, -1 if there is none. */
    public int latestEpoch() {
        return size == 0 ? NO_EPOCH : epochs[size - 1];
    }

    /**
     * Where the epoch ended, or, if the log has nothing of it, the latest epoch before it; as OffsetForLeaderEpoch answers.
     * The latest epoch ends where the log does. Of an epoch before the oldest that is known it can only be said that it
     * ended where that one begins.
     */
    public EpochEnd endOffsetFor(int epoch, long logEndOffset) {
        if (epoch == NO_EPOCH) {
            return EpochEnd.UNKNOWN;
        }
        if (epoch == latestEpoch()) {
            return new EpochEnd(epoch, logEndOffset);
        }
        int next = 0;
        while (next < size && epochs[next] <= epoch) {
            next++;
        }
        if (next == size) {
            return EpochEnd.UNKNOWN;
        }
        return new EpochEnd(next == 0 ? epoch : epochs[next - 1], startOffsets[next]);
    }

    /** The epoch of the batch at the offset, -1 if that lies before all of them. */
    public int epochOf(long offset) {
        int at = size - 1;
        while (at >= 0 && startOffsets[at] > offset) {
            at--;
        }
        return at < 0 ? NO_EPOCH : epochs[at];
    }

    /** Forgets what lies below the new log start. True if something changed: then the file is to be written. */
    public boolean truncateFromStart(long logStartOffset) {
        int first = 0;
        while (first + 1 < size && startOffsets[first + 1] <= logStartOffset) {
            first++;
        }
        if (size == 0 || (first == 0 && startOffsets[first] >= logStartOffset)) {
            return false;
        }
        size -= first;
        System.arraycopy(epochs, first, epochs, 0, size);
        System.arraycopy(startOffsets, first, startOffsets, 0, size);
        startOffsets[0] = logStartOffset;
        return true;
    }

    /** Forgets what lies at or above the new log end. True if something changed: then the file is to be written. */
    public boolean truncateFromEnd(long logEndOffset) {
        int before = size;
        while (size > 0 && startOffsets[size - 1] >= logEndOffset) {
            size--;
        }
        return size < before;
    }

    /** A copy, from the oldest epoch to the latest. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(new Entry(epochs[i], startOffsets[i]));
        }
        return entries;
    }

    /** Replaces the file, durably. */
    public static void write(Disk disk, Path file, List<Entry> entries) throws IOException {
        List<String> lines = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            lines.add(entry.epoch() + " " + entry.startOffset());
        }
        CheckpointFile.write(disk, file, lines);
    }

    /** No epochs if there is no file; fails if its content makes no sense. */
    public static LeaderEpochs read(Disk disk, Path file) throws IOException {
        LeaderEpochs read = new LeaderEpochs();
        for (List<String> words : CheckpointFile.read(disk, file, WORDS)) {
            int epoch = CheckpointFile.parseInt(words.getFirst(), file);
            long startOffset = CheckpointFile.parseLong(words.getLast(), file);
            CheckpointFile.check(epoch >= 0 && startOffset >= 0, file, "a negative number in " + words);
            read.assign(epoch, startOffset);
        }
        return read;
    }
}
