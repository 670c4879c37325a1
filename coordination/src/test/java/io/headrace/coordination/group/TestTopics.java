package io.headrace.coordination.group;

import io.headrace.coordination.TopicView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** Topics that a test makes and deletes. */
final class TestTopics implements TopicView {

    private final Map<String, Topic> byName = new LinkedHashMap<>();
    private long lastId;

    Topic create(String name, int partitions) {
        Topic topic = new Topic(name, new Uuid(7, ++lastId), partitions);
        byName.put(name, topic);
        return topic;
    }

    Topic delete(String name) {
        return byName.remove(name);
    }

    @Override
    public Topic topic(String name) {
        return byName.get(name);
    }

    @Override
    public Topic topic(Uuid id) {
        return byName.values().stream()
                .filter(topic -> topic.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<String> names() {
        return byName.keySet();
    }
}
