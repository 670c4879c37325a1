package io.headrace.compat.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopicCollection;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignmentCollection;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicCollection;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfigCollection;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResourceCollection;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfigCollection;

/** The requests that many chapters make, in one line each. */
final class Requests {

    static final byte TOPIC = ConfigResource.Type.TOPIC.id();
    static final byte BROKER = ConfigResource.Type.BROKER.id();

    private static final int PATIENCE_MS = 10_000;

    private Requests() {}

    static CreatableTopic topic(String name, int partitions, int replicas) {
        return new CreatableTopic().setName(name).setNumPartitions(partitions).setReplicationFactor((short) replicas);
    }

    static CreatableTopic topic(String name, Map<String, String> configs) {
        CreatableTopicConfigCollection collection = new CreatableTopicConfigCollection();
        new TreeMap<>(configs)
                .forEach((key, value) ->
                        collection.add(new CreatableTopicConfig().setName(key).setValue(value)));
        return topic(name, 1, 1).setConfigs(collection);
    }

    /** A topic whose replicas are given: the brokers of partition 0, of partition 1 and so on. */
    static CreatableTopic placedTopic(String name, List<List<Integer>> brokers) {
        CreatableReplicaAssignmentCollection assignments = new CreatableReplicaAssignmentCollection();
        for (int partition = 0; partition < brokers.size(); partition++) {
            assignments.add(new CreatableReplicaAssignment()
                    .setPartitionIndex(partition)
                    .setBrokerIds(brokers.get(partition)));
        }
        return topic(name, -1, -1).setAssignments(assignments);
    }

    static CreateTopicsRequestData createTopics(CreatableTopic... topics) {
        return new CreateTopicsRequestData()
                .setTimeoutMs(PATIENCE_MS)
                .setTopics(new CreatableTopicCollection(List.of(topics).iterator()));
    }

    static DeleteTopicsRequestData deleteTopics(short version, String... names) {
        DeleteTopicsRequestData request = new DeleteTopicsRequestData().setTimeoutMs(PATIENCE_MS);
        if (version < 6) {
            return request.setTopicNames(List.of(names));
        }
        List<DeleteTopicState> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new DeleteTopicState().setName(name));
        }
        return request.setTopics(topics);
    }

    static CreatePartitionsTopic grown(String name, int count, List<List<Integer>> brokers) {
        List<CreatePartitionsAssignment> assignments = null;
        if (brokers != null) {
            assignments = new ArrayList<>();
            for (List<Integer> replicas : brokers) {
                assignments.add(new CreatePartitionsAssignment().setBrokerIds(replicas));
            }
        }
        return new CreatePartitionsTopic().setName(name).setCount(count).setAssignments(assignments);
    }

    static CreatePartitionsRequestData grow(CreatePartitionsTopic... topics) {
        return new CreatePartitionsRequestData()
                .setTimeoutMs(PATIENCE_MS)
                .setTopics(new CreatePartitionsTopicCollection(List.of(topics).iterator()));
    }

    static DescribeConfigsRequestData describe(int type, String name, List<String> keys) {
        return new DescribeConfigsRequestData()
                .setResources(List.of(new DescribeConfigsResource()
                        .setResourceType((byte) type)
                        .setResourceName(name)
                        .setConfigurationKeys(keys)));
    }

    static AlterableConfig operation(String key, int operation, String value) {
        return new AlterableConfig()
                .setName(key)
                .setConfigOperation((byte) operation)
                .setValue(value);
    }

    static AlterConfigsResource changed(int type, String name, AlterableConfig... changes) {
        return new AlterConfigsResource()
                .setResourceType((byte) type)
                .setResourceName(name)
                .setConfigs(new AlterableConfigCollection(List.of(changes).iterator()));
    }

    static IncrementalAlterConfigsRequestData change(AlterConfigsResource... resources) {
        return new IncrementalAlterConfigsRequestData()
                .setResources(
                        new AlterConfigsResourceCollection(List.of(resources).iterator()));
    }

    /** All of a resource's configuration, replaced by this; a null value stays one. */
    static AlterConfigsRequestData replace(int type, String name, Map<String, String> configs) {
        var collection = new AlterConfigsRequestData.AlterableConfigCollection();
        new TreeMap<>(configs)
                .forEach((key, value) -> collection.add(new AlterConfigsRequestData.AlterableConfig()
                        .setName(key)
                        .setValue(value)));
        var resource = new AlterConfigsRequestData.AlterConfigsResource()
                .setResourceType((byte) type)
                .setResourceName(name)
                .setConfigs(collection);
        return new AlterConfigsRequestData()
                .setResources(new AlterConfigsRequestData.AlterConfigsResourceCollection(
                        List.of(resource).iterator()));
    }
}
