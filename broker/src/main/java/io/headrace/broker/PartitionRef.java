package io.headrace.broker;

import org.apache.kafka.common.Uuid;

/** Names a partition of a topic that exists, by the topic's id. */
public record PartitionRef(Uuid topicId, int partition) {}
