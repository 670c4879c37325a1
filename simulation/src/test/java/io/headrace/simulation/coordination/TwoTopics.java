package io.headrace.simulation.coordination;

import io.headrace.coordination.TopicView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** The topics t and u. */
final class TwoTopics implements TopicView {

    static final int PARTITIONS = 3;
    static final TopicView VIEW = new TwoTopics();

    private final Map<String, Topic> topics = new LinkedHashMap<>();

    private TwoTopics() {
        topics.put("t", new Topic("t", new Uuid(7, 1), PARTITIONS));
        topics.put("u", new Topic("u", new Uuid(7, 2), PARTITIONS));
    }

    @Override
    public Topic topic(String name) {
        return topics.get(name);
    }

    @Override
    public Topic topic(Uuid id) {
        return topics.values().stream()
                .filter(topic -> topic.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<String> names() {
        return topics.keySet();
    }
}
