package io.headrace.metadata;

import io.headrace.metadata.config.ConfigLayers;
import io.headrace.metadata.config.ResolvedConfig;
import io.headrace.metadata.config.TopicConfigs;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/** Decides on one CreateTopics request. Topics that cannot be created do not keep the others from being created. */
final class TopicCreation {

    private static final short NOT_GIVEN = -1;

    private final CreateTopicsRequestData request;
    private final boolean describing;
    private final boolean byBroker;
    private final MetadataImage image;
    private final ControllerEnv env;
    private final Placement placement;
    private final ConfigLayers broker;
    private final List<ApiMessage> records = new ArrayList<>();
    private final Map<String, String> collisionKeys = new HashMap<>();
    private int partitionsAdded;

    /** @param byBroker the topics are the broker's own, whose configurations are not for clients to choose */
    TopicCreation(
            CreateTopicsRequestData request,
            boolean describing,
            boolean byBroker,
            MetadataImage image,
            ControllerEnv env) {
        this.request = request;
        this.describing = describing;
        this.byBroker = byBroker;
        this.image = image;
        this.env = env;
        this.placement = new Placement(image, env);
        this.broker = image.layersOf(env.settings().nodeId(), env.settings().file());
    }

    Decision<CreateTopicsResponseData> decide() {
        CreateTopicsResponseData response = new CreateTopicsResponseData();
        Set<String> duplicates = duplicates();
        Refusal ofAll = tooLarge(duplicates);
        Set<String> answered = new HashSet<>();
        for (CreatableTopic topic : request.topics()) {
            if (answered.add(topic.name())) {
                CreatableTopicResult result =
                        new CreatableTopicResult().setName(topic.name()).setErrorMessage(null);
                Refusal refusal = ofAll != null ? ofAll : create(topic, duplicates, result);
                if (refusal != null) {
                    result.setErrorCode(refusal.error().code()).setErrorMessage(refusal.message());
                }
                response.topics().add(result);
            }
        }
        return Decision.of(request.validateOnly(), records, response);
    }

    private Set<String> duplicates() {
        Set<String> seen = new HashSet<>();
        Set<String> duplicates = new HashSet<>();
        for (CreatableTopic topic : request.topics()) {
            if (!seen.add(topic.name())) {
                duplicates.add(topic.name());
            }
        }
        return duplicates;
    }

    private Refusal tooLarge(Set<String> duplicates) {
        long partitions = 0;
        long configChars = 0;
        for (CreatableTopic topic : request.topics()) {
            if (!duplicates.contains(topic.name())) {
                partitions += Math.max(0, partitionsAsked(topic));
            }
            for (CreatableTopicConfig config : topic.configs()) {
                configChars += topic.name().length() + config.name().length();
                configChars += config.value() == null ? 0 : config.value().length();
            }
        }
        return Refusal.ofSize(partitions, configChars);
    }

    private int partitionsAsked(CreatableTopic topic) {
        if (!topic.assignments().isEmpty()) {
            return topic.assignments().size();
        }
        return topic.numPartitions() == NOT_GIVEN ? env.settings().partitions() : topic.numPartitions();
    }

    /** Adds the records of a topic and fills in its result, or returns why not. */
    private Refusal create(CreatableTopic topic, Set<String> duplicates, CreatableTopicResult result) {
        Refusal refusal = refusalOfName(topic.name(), duplicates);
        if (refusal != null) {
            return refusal;
        }
        SortedMap<String, String> configs = new TreeMap<>();
        refusal = readConfigs(topic, configs);
        if (refusal != null) {
            return refusal;
        }
        List<List<Integer>> partitions = new ArrayList<>();
        refusal = topic.assignments().isEmpty() ? place(topic, partitions) : readAssignments(topic, partitions);
        if (refusal != null) {
            return refusal;
        }
        refusal = Refusal.ofTotal((long) image.partitionCount() + partitionsAdded + partitions.size());
        if (refusal != null) {
            return refusal;
        }
        Uuid id = newId();
        addRecords(topic.name(), id, configs, partitions);
        result.setTopicId(id)
                .setNumPartitions(partitions.size())
                .setReplicationFactor((short) partitions.getFirst().size())
                .setConfigs(describing ? describe(configs) : null);
        return null;
    }

    private Uuid newId() {
        Uuid id = env.newId();
        return image.topic(id) == null ? id : newId();
    }

    private Refusal refusalOfName(String name, Set<String> duplicates) {
        if (duplicates.contains(name)) {
            return new Refusal(ErrorCode.INVALID_REQUEST, "The topic '" + name + "' stands twice in the request.");
        }
        if (name.equals(TopicNames.CLUSTER_METADATA)) {
            return new Refusal(ErrorCode.INVALID_REQUEST, "The topic '" + name + "' is the cluster's own.");
        }
        if (image.topic(name) != null) {
            return new Refusal(ErrorCode.TOPIC_ALREADY_EXISTS, "The topic '" + name + "' exists already.");
        }
        String fault = TopicNames.refusal(name);
        if (fault != null) {
            return new Refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, fault);
        }
        String other = image.topicMaps().colliding(name);
        if (other == null) {
            other = collisionKeys.get(TopicNames.collisionKey(name));
        }
        return other == null
                ? null
                : new Refusal(
                        ErrorCode.INVALID_TOPIC_EXCEPTION,
                        "The topic '" + name + "' differs from the topic '" + other
                                + "' in dots and underscores only, and metrics would mix them up.");
    }

    private Refusal readConfigs(CreatableTopic topic, SortedMap<String, String> configs) {
        for (CreatableTopicConfig config : topic.configs()) {
            if (config.value() == null) {
                return new Refusal(
                        ErrorCode.INVALID_CONFIG,
                        "No value was given for the configuration key " + config.name() + ".");
            }
            configs.put(config.name(), config.value());
        }
        String fault = byBroker || configs.isEmpty() ? null : TopicConfigs.refusal(configs, broker);
        return fault == null ? null : new Refusal(ErrorCode.INVALID_CONFIG, fault);
    }

    private Refusal place(CreatableTopic topic, List<List<Integer>> partitions) {
        if (topic.replicationFactor() < NOT_GIVEN || topic.replicationFactor() == 0) {
            return new Refusal(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "The replication factor must be above 0, or -1 for the broker's default.");
        }
        int count = partitionsAsked(topic);
        if (count <= 0) {
            return new Refusal(
                    ErrorCode.INVALID_PARTITIONS,
                    "The number of partitions must be above 0, or -1 for the broker's default.");
        }
        int replicas =
                topic.replicationFactor() == NOT_GIVEN ? env.settings().replicationFactor() : topic.replicationFactor();
        Refusal refusal = placement.refusal(replicas);
        for (int i = 0; refusal == null && i < count; i++) {
            partitions.add(placement.next(replicas));
        }
        return refusal;
    }

    private Refusal readAssignments(CreatableTopic topic, List<List<Integer>> partitions) {
        if (topic.replicationFactor() != NOT_GIVEN || topic.numPartitions() != NOT_GIVEN) {
            return new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Where partitions are assigned to brokers, their number and the replication factor must be -1.");
        }
        SortedMap<Integer, List<Integer>> assigned = new TreeMap<>();
        int replicas = 0;
        for (CreatableReplicaAssignment assignment : topic.assignments()) {
            if (assigned.put(assignment.partitionIndex(), assignment.brokerIds()) != null) {
                return new Refusal(
                        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                        "Partition " + assignment.partitionIndex() + " was assigned twice.");
            }
            Refusal refusal = placement.refusal(assignment.brokerIds(), replicas);
            if (refusal != null) {
                return refusal;
            }
            replicas = assignment.brokerIds().size();
        }
        if (assigned.firstKey() != 0 || assigned.lastKey() != assigned.size() - 1) {
            return new Refusal(
                    ErrorCode.INVALID_REPLICA_ASSIGNMENT, "Partitions must be numbered from 0 without a gap.");
        }
        partitions.addAll(assigned.values());
        return null;
    }

    private void addRecords(String name, Uuid id, SortedMap<String, String> configs, List<List<Integer>> partitions) {
        records.add(new TopicRecord().setName(name).setTopicId(id));
        for (Map.Entry<String, String> config : configs.entrySet()) {
            records.add(new ConfigRecord()
                    .setResourceType(ConfigResource.Type.TOPIC.code())
                    .setResourceName(name)
                    .setName(config.getKey())
                    .setValue(config.getValue()));
        }
        for (int i = 0; i < partitions.size(); i++) {
            records.add(placement.record(id, i, partitions.get(i)));
        }
        partitionsAdded += partitions.size();
        if (TopicNames.canCollide(name)) {
            collisionKeys.put(TopicNames.collisionKey(name), name);
        }
    }

    private List<CreatableTopicConfigs> describe(SortedMap<String, String> configs) {
        List<CreatableTopicConfigs> described = new ArrayList<>();
        for (ResolvedConfig config : TopicConfigs.describe(configs, broker)) {
            described.add(new CreatableTopicConfigs()
                    .setName(config.key().name())
                    .setValue(config.value())
                    .setReadOnly(config.key().readOnly())
                    .setConfigSource(config.source().code())
                    .setIsSensitive(config.key().sensitive()));
        }
        return described;
    }
}
