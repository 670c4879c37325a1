package io.headrace.log;

import io.headrace.ports.Check;
import java.util.List;

/**
 * What the owner of a log knows of its compaction: how far the last one came, and whether segments are being replaced just now.
 * Belongs to the owner of the log.
 */
final class LogCompaction {

    /** It has never been compacted, or nothing is on record about it. */
    static final long NEVER = -1;

    private long cleanedUpTo;
    private boolean replacing;

    LogCompaction(long cleanedUpTo) {
        this.cleanedUpTo = cleanedUpTo;
    }

    long cleanedUpTo() {
        return cleanedUpTo;
    }

    void finished(CompactionPass pass) {
        cleanedUpTo = Math.max(cleanedUpTo, pass.cleanedUpTo());
    }

    /** Files are on their way from one name to another: no segment is taken out meanwhile. */
    boolean replacing() {
        return replacing;
    }

    /** From now on the new segment is read. False if retention has taken out one of the old. */
    boolean begin(SegmentReplacement replacement, SegmentList segments) {
        Check.that(!replacing, "segments are replaced one after another");
        replacing = segments.replace(replacement.replaced(), replacement.by().moving());
        return replacing;
    }

    void completed(SegmentReplacement replacement, SegmentList segments) {
        Check.that(replacing, "a replacement that was begun is completed");
        replacing = false;
        boolean there = segments.replace(List.of(replacement.by().moving()), replacement.by());
        Check.that(there, "a segment stays while its files change their names");
    }
}
