package io.headrace.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

/**
 * Brings the {@code .txnindex} files of a log that is being loaded in line with its batches. A snapshot of the producers
 * vouches for the entries of all markers before it; those behind it are built anew. Runs on a disk thread, once.
 */
final class AbortedRecovery {

    private final LogFiles files;
    private final AbortedIndex active;
    private final boolean clean;
    private final Map<Long, AbortedFile> found = new LinkedHashMap<>();

    /**
     * @param bases of the segments that have a file
     * @param active of the active segment, and empty
     * @param clean all of the log had been made durable
     */
    AbortedRecovery(LogFiles files, NavigableSet<Long> bases, AbortedIndex active, boolean clean) throws IOException {
        this.files = files;
        this.active = active;
        this.clean = clean;
        for (long base : bases) {
            found.put(base, AbortedFile.read(files, base));
        }
    }

    /**
     * Base offset of the first segment whose file cannot be believed although it had been made durable;
     * {@code Long.MAX_VALUE} if there is none.
     *
     * @param vouchedUpTo offset of the snapshot
     */
    long firstDamaged(SegmentView[] segments, long vouchedUpTo) {
        for (SegmentView segment : segments) {
            AbortedFile file = found.get(segment.baseOffset());
            boolean durable = clean || segment.nextOffset() <= vouchedUpTo;
            if (file != null && durable && !isSound(file, segment)) {
                return segment.baseOffset();
            }
        }
        return Long.MAX_VALUE;
    }

    private static boolean isSound(AbortedFile file, SegmentView segment) {
        // What lies behind the end of the log was cut off together with it.
        return file.whole()
                && (!segment.isSealed()
                        || file.below(segment.nextOffset()).size()
                                == file.entries().size());
    }

    /**
     * Makes the file say what the segment says: what it said up to the offset, and then what was read again. Durable on
     * return, since a later snapshot than the one that was read may still be there and vouch for it the next time.
     */
    void settle(SegmentView segment, long vouchedUpTo, List<AbortedTransaction> readAgain) throws IOException {
        AbortedFile file = found.get(segment.baseOffset());
        List<AbortedTransaction> kept = file == null ? List.of() : file.below(vouchedUpTo);
        List<AbortedTransaction> all = new ArrayList<>(kept);
        all.addAll(readAgain);
        if (file == null ? !all.isEmpty() : !(file.whole() && file.entries().equals(all))) {
            AbortedFile.replace(files, segment.baseOffset(), all);
        }
        found.put(segment.baseOffset(), new AbortedFile(all, true));
        if (!segment.isSealed()) {
            active.restore(all);
        }
    }

    /** The segments, those marked in which transactions were aborted. */
    SegmentView[] marked(SegmentView[] segments) {
        SegmentView[] marked = Arrays.copyOf(segments, segments.length);
        for (int i = 0; i < marked.length; i++) {
            AbortedFile file = found.get(marked[i].baseOffset());
            if (file != null && !file.entries().isEmpty()) {
                marked[i] = marked[i].withAborts();
            }
        }
        return marked;
    }
}
