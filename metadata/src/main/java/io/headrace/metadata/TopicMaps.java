package io.headrace.metadata;

import org.apache.kafka.common.Uuid;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The topics of an image, by everything that they are looked up by. All three maps hold the same topics, but that the
 * last one leaves out those whose names cannot collide with another.
 */
public record TopicMaps(
        PSortedMap<String, TopicImage> byName,
        PSortedMap<Uuid, TopicImage> byId,
        PSortedMap<String, String> nameByCollisionKey,
        int partitionCount) {

    static final TopicMaps EMPTY = new TopicMaps(TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), 0);

    /** A topic whose name differs from this one in nothing but dots and underscores, or null. */
    String colliding(String name) {
        return TopicNames.canCollide(name) ? nameByCollisionKey.get(TopicNames.collisionKey(name)) : null;
    }
}
