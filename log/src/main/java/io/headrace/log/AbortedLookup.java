package io.headrace.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the aborted transactions of which a read may meet records: their markers lie in the segments of the read or, if
 * they ended later, in those after it. Runs on a disk thread.
 */
final class AbortedLookup {

    private final LogFiles files;
    private final SegmentView[] segments;
    private final List<AbortedTransaction> inActive;

    /**
     * @param segments from the first that the read may touch to the active one
     * @param inActive those whose markers lie in the active segment
     */
    AbortedLookup(LogFiles files, SegmentView[] segments, List<AbortedTransaction> inActive) {
        this.files = files;
        this.segments = segments;
        this.inActive = inActive;
    }

    /** Otherwise {@link #find} looks into no file. */
    boolean needsDisk() {
        for (SegmentView segment : segments) {
            if (segment.isSealed() && segment.aborts()) {
                return true;
            }
        }
        return false;
    }

    /** Those that overlap the range, in the order of their markers. */
    List<AbortedTransaction> find(long fromOffset, long upToOffset) throws IOException {
        List<AbortedTransaction> found = new ArrayList<>(0);
        for (SegmentView segment : segments) {
            for (AbortedTransaction entry : entriesOf(segment)) {
                if (entry.overlaps(fromOffset, upToOffset)) {
                    found.add(entry);
                }
                if (entry.lastStableOffset() >= upToOffset) {
                    // Whatever was aborted after this began behind the range.
                    return found;
                }
            }
        }
        return found;
    }

    private List<AbortedTransaction> entriesOf(SegmentView segment) throws IOException {
        if (!segment.isSealed()) {
            return inActive;
        }
        return segment.aborts() ? AbortedFile.read(files, segment).entries() : List.of();
    }
}
