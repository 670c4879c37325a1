package io.headrace.log;

import java.io.IOException;
import java.util.List;

/**
 * The aborted transactions that a walk through a log from its beginning needs to know at each segment. Reads only the files of
 * that segment and of those after it, since compaction changes those before it. Runs on disk threads.
 *
 * @param segments all of the log, the active one last
 * @param inActive those whose markers lie in the active segment
 */
record AbortedAhead(LogFiles files, List<SegmentView> segments, List<AbortedTransaction> inActive) {

    /** Those that may have records in the segment. */
    List<AbortedTransaction> in(SegmentView segment) throws IOException {
        int index = 0;
        while (segments.get(index).baseOffset() < segment.baseOffset()) {
            index++;
        }
        SegmentView[] from = segments.subList(index, segments.size()).toArray(SegmentView.NONE);
        return new AbortedLookup(files, from, inActive).find(segment.baseOffset(), segment.nextOffset());
    }
}
