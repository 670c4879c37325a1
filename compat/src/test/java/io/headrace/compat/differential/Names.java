package io.headrace.compat.differential;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** What one server made up by itself, and the names for it that both servers share. */
final class Names {

    private final Map<String, String> topicsById = new LinkedHashMap<>();
    private final Map<String, Uuid> idsByTopic = new LinkedHashMap<>();
    private final Map<Long, String> producers = new LinkedHashMap<>();
    private final Map<String, String> members = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    void topic(String id, String name) {
        if (!id.equals(Uuid.ZERO_UUID.toString())) {
            topicsById.put(id, "id of " + name);
            idsByTopic.put(name, Uuid.fromString(id));
        }
    }

    /** The id that the server gave to the topic; one that nobody has if it has told none. */
    Uuid topicId(String name) {
        return idsByTopic.getOrDefault(name, new Uuid(7, 7));
    }

    /** A topic's id by its name; one that the server never told is left as it is. */
    String topic(String id) {
        return topicsById.getOrDefault(id, id);
    }

    /** A producer id that the server gave away; they are known by their order. */
    void producerGiven(long id) {
        producers.putIfAbsent(id, "producer " + producers.size());
    }

    String producer(long id) {
        return producers.getOrDefault(id, Long.toString(id));
    }

    /** A member id that the server gave away; they are known by their order. */
    void memberGiven(String id) {
        members.putIfAbsent(id, "member " + members.size());
    }

    String member(String id) {
        return members.getOrDefault(id, id);
    }

    /** Hides this in every text. */
    void hide(String place, String name) {
        places.put(place, name);
    }

    String hidden(String text) {
        String result = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            result = result.replace(place.getKey(), place.getValue());
        }
        return result;
    }
}
