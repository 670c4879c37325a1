package io.headrace.log;

/**
 * How much a log would gain by being compacted now.
 *
 * @param due its share of uncompacted bytes is above {@code min.cleanable.dirty.ratio}, or a record has waited longer than
 *     {@code max.compaction.lag.ms}
 * @param durable whether all that should be compacted lies below the recovery point: only there compaction leaves gaps
 * @param dirtyRatio share of uncompacted bytes, 0 to 1
 */
public record CompactionNeed(boolean due, boolean durable, double dirtyRatio) {

    public static final CompactionNeed NONE = new CompactionNeed(false, true, 0);
}
