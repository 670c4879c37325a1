package io.headrace.metadata.config;

import static io.headrace.metadata.config.FileValues.number;
import static io.headrace.metadata.config.FileValues.whole;

import java.util.Collections;
import java.util.Map;

/**
 * The honoured keys of the group coordinator, typed and named after them.
 *
 * @param initialRebalanceDelayMs {@code group.initial.rebalance.delay.ms}: 0 here, 3,000 with Kafka
 * @param maxSize members of a classic group
 * @param offsetsRetentionMs {@code offsets.retention.minutes} in milliseconds
 * @param offsetMetadataMaxBytes of the text that a consumer commits along with an offset
 * @param offsetsTopicPartitions of {@code __consumer_offsets} when it is created
 * @param offsetsLoadBufferBytes read at a time while a coordinator loads
 * @param consumer of groups of the consumer protocol
 */
public record GroupConfig(
        int initialRebalanceDelayMs,
        int minSessionTimeoutMs,
        int maxSessionTimeoutMs,
        int maxSize,
        long offsetsRetentionMs,
        long offsetsRetentionCheckIntervalMs,
        int offsetMetadataMaxBytes,
        int offsetsTopicPartitions,
        int offsetsTopicSegmentBytes,
        int offsetsLoadBufferBytes,
        ConsumerGroupConfig consumer) {

    private static final long MS_PER_MINUTE = 60_000;

    /** What holds when nothing was set. */
    public static final GroupConfig DEFAULTS = of(Collections.emptyMap());

    static GroupConfig of(Map<String, String> file) {
        return new GroupConfig(
                whole(file, "group.initial.rebalance.delay.ms", 0),
                whole(file, "group.min.session.timeout.ms", 6_000),
                whole(file, "group.max.session.timeout.ms", 1_800_000),
                whole(file, "group.max.size", Integer.MAX_VALUE),
                number(file, "offsets.retention.minutes", 10_080) * MS_PER_MINUTE,
                number(file, "offsets.retention.check.interval.ms", 600_000),
                whole(file, "offset.metadata.max.bytes", 4_096),
                whole(file, "offsets.topic.num.partitions", 50),
                whole(file, "offsets.topic.segment.bytes", 104_857_600),
                whole(file, "offsets.load.buffer.size", 5_242_880),
                ConsumerGroupConfig.of(file));
    }
}
