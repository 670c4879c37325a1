package io.headrace.broker.coordination;

import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.metadata.MetadataChange;
import io.headrace.metadata.TopicImage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What a change of the metadata means for groups.
 *
 * @param changed names of topics that were created, deleted, or got more partitions
 */
record TopicNews(List<String> changed, List<TopicView.Topic> deleted) {

    static TopicNews of(MetadataChange change) {
        Set<String> changed = new LinkedHashSet<>();
        List<TopicView.Topic> deleted = new ArrayList<>();
        for (ApiMessage record : change.records()) {
            switch (record) {
                case TopicRecord created -> changed.add(created.name());
                case PartitionRecord partition -> {
                    TopicImage topic = change.after().topic(partition.topicId());
                    if (topic != null
                            && hasOtherPartitions(topic, change.before().topic(topic.id()))) {
                        changed.add(topic.name());
                    }
                }
                case RemoveTopicRecord removed -> {
                    TopicImage topic = change.before().topic(removed.topicId());
                    if (topic != null) {
                        changed.add(topic.name());
                        deleted.add(new TopicView.Topic(topic.name(), topic.id(), topic.partitionCount()));
                    }
                }
                default -> {}
            }
        }
        return new TopicNews(new ArrayList<>(changed), deleted);
    }

    private static boolean hasOtherPartitions(TopicImage after, TopicImage before) {
        return before == null || before.partitionCount() != after.partitionCount();
    }

    List<GroupEvent> events() {
        List<GroupEvent> events = new ArrayList<>();
        if (!changed.isEmpty()) {
            events.add(new GroupEvent.TopicsChanged(changed));
        }
        if (!deleted.isEmpty()) {
            events.add(new GroupEvent.TopicsDeleted(deleted));
        }
        return events;
    }

    List<Uuid> deletedIds() {
        return deleted.stream().map(TopicView.Topic::id).toList();
    }
}
