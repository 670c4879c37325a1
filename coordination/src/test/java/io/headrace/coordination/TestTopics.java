package io.headrace.coordination;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** Topics that a test makes, extends and deletes; each change makes a new view. */
public final class TestTopics {

    private View view = new View(new LinkedHashMap<>());
    private long lastId;

    public TopicView view() {
        return view;
    }

    public TopicView.Topic create(String name, int partitions) {
        return put(new TopicView.Topic(name, new Uuid(7, ++lastId), partitions));
    }

    public void extend(String name, int partitions) {
        put(new TopicView.Topic(name, view.topic(name).id(), partitions));
    }

    private TopicView.Topic put(TopicView.Topic topic) {
        Map<String, TopicView.Topic> byName = new LinkedHashMap<>(view.byName());
        byName.put(topic.name(), topic);
        view = new View(byName);
        return topic;
    }

    public TopicView.Topic delete(String name) {
        Map<String, TopicView.Topic> byName = new LinkedHashMap<>(view.byName());
        TopicView.Topic deleted = byName.remove(name);
        view = new View(byName);
        return deleted;
    }

    private record View(Map<String, Topic> byName) implements TopicView {

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
}
