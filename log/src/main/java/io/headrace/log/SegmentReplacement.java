package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the files of one compacted segment in the place of those that it was made from. From the moment when the {@code .log}
 * bears the name {@code .swap}, durably, the replacement counts: whoever opens the log after a crash completes it; before
 * that, it never happened. Runs on a disk thread, when nobody looks for the old files any more; slices of them keep them open.
 *
 * <p>Each of the steps is durable before the next one begins, since names that were not synced may change or not, in any
 * combination: indexes to {@code .swap}; log to {@code .swap}; indexes in place and the other old segments gone; log in place.
 */
public final class SegmentReplacement implements DiskWork.Task<SegmentReplacement> {

    private static final String[] INDEXES = {
        FileNames.OFFSET_INDEX, FileNames.TIME_INDEX, FileNames.ABORTED_TRANSACTIONS
    };

    private final LogFiles files;
    private final List<SegmentView> replaced;
    private final SegmentView by;

    SegmentReplacement(LogFiles files, List<SegmentView> replaced, SegmentView by) {
        this.files = files;
        this.replaced = replaced;
        this.by = by;
    }

    /** The old segments, from the first on, whose base offset is also that of the new one. */
    List<SegmentView> replaced() {
        return replaced;
    }

    SegmentView by() {
        return by;
    }

    @Override
    public SegmentReplacement run() throws IOException {
        long baseOffset = by.baseOffset();
        Durable.syncDirectory(files.disk(), files.directory());
        for (String suffix : INDEXES) {
            renameIfThere(files, baseOffset, suffix + FileNames.CLEANED, suffix + FileNames.SWAP);
        }
        Durable.syncDirectory(files.disk(), files.directory());
        rename(files, baseOffset, FileNames.LOG + FileNames.CLEANED, FileNames.LOG + FileNames.SWAP);
        Durable.syncDirectory(files.disk(), files.directory());
        List<Long> others = new ArrayList<>();
        for (SegmentView other : replaced.subList(1, replaced.size())) {
            others.add(other.baseOffset());
        }
        complete(files, baseOffset, others);
        return this;
    }

    /**
     * Goes on, or over it again, from where the {@code .log} bears the name {@code .swap}, durably.
     *
     * @param others base offsets of the old segments beside the one of the same base offset, as far as they are still there
     */
    static void complete(LogFiles files, long baseOffset, List<Long> others) throws IOException {
        for (String suffix : INDEXES) {
            renameIfThere(files, baseOffset, suffix + FileNames.SWAP, suffix);
        }
        for (long other : others) {
            RetentionTicket.deleteSegment(files, other, "");
        }
        Durable.syncDirectory(files.disk(), files.directory());
        rename(files, baseOffset, FileNames.LOG + FileNames.SWAP, FileNames.LOG);
        Durable.syncDirectory(files.disk(), files.directory());
    }

    /** Deletes what was written for a replacement that will not be. */
    static void discard(LogFiles files, long baseOffset) throws IOException {
        files.disk().delete(files.path(baseOffset, FileNames.LOG + FileNames.CLEANED));
        for (String suffix : INDEXES) {
            files.disk().delete(files.path(baseOffset, suffix + FileNames.CLEANED));
        }
    }

    private static void renameIfThere(LogFiles files, long baseOffset, String from, String to) throws IOException {
        if (files.disk().exists(files.path(baseOffset, from))) {
            rename(files, baseOffset, from, to);
        }
    }

    private static void rename(LogFiles files, long baseOffset, String from, String to) throws IOException {
        files.disk().rename(files.path(baseOffset, from), files.path(baseOffset, to));
    }
}
