package io.headrace.coordination.group.consumer;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupRegularExpressionValue;

/**
 * The topics that a regular expression stood for when it was last looked at.
 *
 * @param timestampMs when that was, since the Unix epoch
 */
record ResolvedRegex(NavigableSet<String> topics, long timestampMs) {

    /** Kafka has the offset of the metadata image here and looks again where it is old, which this always is. */
    private static final long NO_IMAGE = 0;

    ResolvedRegex {
        topics = Collections.unmodifiableNavigableSet(topics);
    }

    ConsumerGroupRegularExpressionValue toRecord() {
        return new ConsumerGroupRegularExpressionValue()
                .setTopics(List.copyOf(topics))
                .setVersion(NO_IMAGE)
                .setTimestamp(timestampMs);
    }

    static ResolvedRegex fromRecord(ConsumerGroupRegularExpressionValue value) {
        return new ResolvedRegex(new TreeSet<>(value.topics()), value.timestamp());
    }
}
