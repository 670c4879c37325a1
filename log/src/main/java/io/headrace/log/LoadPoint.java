package io.headrace.log;

/**
 * What is on record about a log that is to be loaded.
 *
 * @param recoveryPoint everything below this offset had been made durable, with what was known of it beside the batches
 * @param durableUpTo the batches below this offset had been made durable; not below the recovery point
 * @param logStartOffset records below it were deleted; a later start, which the segments themselves show, prevails
 * @param clean the log was closed: nothing needs to be looked at again
 * @param cleanedUpTo where the last compaction ended, {@link #NEVER_CLEANED} if there was none. Compaction leaves gaps below
 *     the recovery point only; where no recovery point is on record, a log that is or was compacted may have them anywhere
 */
public record LoadPoint(long recoveryPoint, long durableUpTo, long logStartOffset, boolean clean, long cleanedUpTo) {

    public static final long NEVER_CLEANED = LogCompaction.NEVER;

    /** Nothing is on record: every batch is read. */
    public static final LoadPoint UNKNOWN = new LoadPoint(0, 0, false);

    /** From the checkpoints of an earlier run: they tell of the recovery point alone. */
    public LoadPoint(long recoveryPoint, long logStartOffset, boolean clean) {
        this(recoveryPoint, recoveryPoint, logStartOffset, clean, NEVER_CLEANED);
    }

    /** The same, with what the cleaner's checkpoint says. */
    public LoadPoint cleaned(long upTo) {
        return new LoadPoint(recoveryPoint, durableUpTo, logStartOffset, clean, upTo);
    }
}
