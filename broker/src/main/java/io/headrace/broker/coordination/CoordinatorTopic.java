package io.headrace.broker.coordination;

import io.headrace.coordination.RecordCodec;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;

/**
 * The topic that the coordinators of one kind write to, one to each partition.
 *
 * @param configs that it is created with, beside being compacted
 * @param codec of its records
 * @param loadBytes of a partition that are read at a time while its coordinator loads
 */
public record CoordinatorTopic(
        String name, int partitions, Map<String, String> configs, RecordCodec codec, int loadBytes) {

    /** In the order of their names. */
    public CoordinatorTopic {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
    }

    /** As it is to be created when it is first needed. */
    public CreatableTopic definition() {
        CreatableTopic topic =
                new CreatableTopic().setName(name).setNumPartitions(partitions).setReplicationFactor((short) 1);
        add(topic, "cleanup.policy", "compact");
        configs.forEach((key, value) -> add(topic, key, value));
        return topic;
    }

    private static void add(CreatableTopic topic, String key, String value) {
        topic.configs().add(new CreatableTopicConfig().setName(key).setValue(value));
    }
}
