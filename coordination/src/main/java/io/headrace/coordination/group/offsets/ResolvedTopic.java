package io.headrace.coordination.group.offsets;

import io.headrace.coordination.TopicView;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * A topic of a commit under its name and its id.
 *
 * @param name empty if the id is not known
 * @param missing the error of all its partitions, NONE if the topic exists
 * @param partitionCount of the topic as it is
 */
record ResolvedTopic(
        String name, Uuid id, ErrorCode missing, int partitionCount, List<CommitRequest.Partition> partitions) {

    static ResolvedTopic of(CommitRequest.Topic topic, boolean byId, TopicView view) {
        TopicView.Topic found = byId ? view.topic(topic.id()) : view.topic(topic.name());
        if (found != null) {
            return new ResolvedTopic(
                    found.name(), found.id(), ErrorCode.NONE, found.partitionCount(), topic.partitions());
        }
        return byId
                ? new ResolvedTopic("", topic.id(), ErrorCode.UNKNOWN_TOPIC_ID, 0, topic.partitions())
                : new ResolvedTopic(
                        topic.name(), Uuid.ZERO_UUID, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 0, topic.partitions());
    }

    ErrorCode errorOf(int partition) {
        if (missing != ErrorCode.NONE) {
            return missing;
        }
        return partition < 0 || partition >= partitionCount ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.NONE;
    }

    /** Those that exist. */
    List<CommitRequest.Partition> valid() {
        return partitions.stream()
                .filter(partition -> errorOf(partition.index()) == ErrorCode.NONE)
                .toList();
    }
}
