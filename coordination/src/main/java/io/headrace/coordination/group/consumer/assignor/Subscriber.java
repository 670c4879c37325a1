package io.headrace.coordination.group.consumer.assignor;

import io.headrace.coordination.group.consumer.TopicIdPartition;
import java.util.NavigableSet;
import org.apache.kafka.common.Uuid;

/**
 * A member, as an assignor sees it.
 *
 * @param instanceId of a static member, else null
 * @param topics that it subscribes to and that exist
 * @param target what the target before gave it
 */
public record Subscriber(
        String memberId, String instanceId, NavigableSet<Uuid> topics, NavigableSet<TopicIdPartition> target) {}
