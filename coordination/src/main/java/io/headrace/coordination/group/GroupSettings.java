package io.headrace.coordination.group;

/**
 * The broker's configuration of classic groups and of offsets.
 *
 * @param minSessionTimeoutMs {@code group.min.session.timeout.ms}
 * @param maxSessionTimeoutMs {@code group.max.session.timeout.ms}
 * @param maxSize members of one group ({@code group.max.size})
 * @param initialRebalanceDelayMs how long the first members of an empty group wait for more
 *     ({@code group.initial.rebalance.delay.ms})
 * @param offsetMetadataMaxBytes characters of text with one offset ({@code offset.metadata.max.bytes})
 * @param offsetsRetentionMs {@code offsets.retention.minutes}
 * @param offsetsRetentionCheckIntervalMs {@code offsets.retention.check.interval.ms}
 */
public record GroupSettings(
        int minSessionTimeoutMs,
        int maxSessionTimeoutMs,
        int maxSize,
        int initialRebalanceDelayMs,
        int offsetMetadataMaxBytes,
        long offsetsRetentionMs,
        long offsetsRetentionCheckIntervalMs) {

    /** Kafka's, but for the initial rebalance delay: it is 0, so that a first member works at once. */
    public static GroupSettings defaults() {
        return new GroupSettings(6_000, 1_800_000, Integer.MAX_VALUE, 0, 4096, 7 * 24 * 3_600_000L, 600_000);
    }
}
