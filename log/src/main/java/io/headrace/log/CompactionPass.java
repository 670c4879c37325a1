package io.headrace.log;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.List;

/**
 * One compaction of a log from its beginning to the end of what may be compacted: first the keys of what is new are mapped,
 * then segment after segment is written anew, those that have become small into one. Each run on a disk thread is one step of
 * bounded length, and between two of them nothing is held open. The log stays as it is until its owner puts a {@link
 * SegmentReplacement} in place.
 */
public final class CompactionPass implements DiskWork.Task<CompactionPass.Progress> {

    /** What a step came to; the bytes are those that it read and wrote. */
    public sealed interface Progress {

        /** There is more to do. */
        record Worked(long bytes) implements Progress {}

        /** Files are ready to take the place of others, which has to happen before the next step. */
        record Ready(SegmentReplacement replacement, long bytes) implements Progress {}

        /** All has been compacted. */
        record Finished() implements Progress {}

        /** Retention has deleted what was to be compacted; the pass is over and has changed nothing more. */
        record Overtaken() implements Progress {}
    }

    private final LogFiles files;
    private final LogConfig config;
    private final List<SegmentView> segments;
    private final long highWatermark;
    private final long nowWallMs;
    private final AbortedAhead aborted;
    private final LastBatches producers;
    private final CleanedTransactions transactions = new CleanedTransactions();
    private final KeyMapping mapping;
    private BatchCleaner cleaner;
    private SegmentCleaning cleaning;
    private int cleaned;
    private boolean begun;

    CompactionPass(
            LogFiles files,
            LogConfig config,
            CompactionRange range,
            AbortedAhead aborted,
            LastBatches producers,
            CompactionMemory memory,
            long highWatermark,
            long nowWallMs) {
        this.files = files;
        this.config = config;
        this.segments = range.segments();
        this.highWatermark = highWatermark;
        this.nowWallMs = nowWallMs;
        this.aborted = aborted;
        this.producers = producers;
        this.mapping =
                new KeyMapping(files, range.dirty(), aborted, memory, range.firstDirtyOffset(), range.upToOffset());
    }

    /** Below it every key stands once when the pass has finished. */
    public long cleanedUpTo() {
        return mapping.mappedUpTo();
    }

    @Override
    public Progress run() throws IOException {
        if (!begun) {
            begun = true;
            leftovers().run();
        }
        return mapping.done() ? cleanOn() : mapOn();
    }

    /** To be run if the pass is given up, after which it is over. */
    public CompactionLeftovers leftovers() {
        return new CompactionLeftovers(files);
    }

    private Progress mapOn() throws IOException {
        long bytes = mapping.step(Limits.COMPACTION_STEP_BYTES);
        if (bytes < 0) {
            return new Progress.Overtaken();
        }
        if (mapping.done()) {
            cleaner = new BatchCleaner(
                    mapping.keys(),
                    producers,
                    transactions,
                    new BatchCleaner.Rules(highWatermark, mapping.mappedUpTo(), nowWallMs, config.deleteRetentionMs()));
        }
        return new Progress.Worked(bytes);
    }

    private Progress cleanOn() throws IOException {
        if (cleaning == null) {
            List<SegmentView> left = segments.subList(cleaned, segments.size());
            if (left.isEmpty() || left.getFirst().baseOffset() >= mapping.mappedUpTo()) {
                return new Progress.Finished();
            }
            List<SegmentView> group = SegmentCleaning.group(files, left, config);
            cleaned += group.size();
            cleaning = new SegmentCleaning(files, group, aborted, cleaner, transactions);
        }
        long bytes = cleaning.step(Limits.COMPACTION_STEP_BYTES);
        if (bytes < 0) {
            return new Progress.Overtaken();
        }
        if (!cleaning.done()) {
            return new Progress.Worked(bytes);
        }
        SegmentReplacement replacement = cleaning.finish();
        cleaning = null;
        return replacement == null ? new Progress.Worked(bytes) : new Progress.Ready(replacement, bytes);
    }
}
