package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.BrokerImage;
import io.headrace.metadata.ControllerEvent;
import io.headrace.metadata.Endpoint;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.PartitionImage;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.TopicNames;
import io.headrace.wire.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;

/**
 * Metadata, versions 0 to 13, by name and from version 12 by id. A topic that does not exist is created when the broker and
 * the request allow it; the answer waits for it, so that the client need not ask again as it must with Kafka.
 */
public final class MetadataApi implements Api {

    private static final short FIRST_VERSION_BY_ID = 12;
    private static final int BROKERS_CHOICE = -1;

    private final Node node;

    public MetadataApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        MetadataRequestData wanted = (MetadataRequestData) request.body();
        if (!isValid(wanted, request.version())) {
            request.respond(refused(wanted));
            return;
        }
        CreateTopicsRequestData missing = missingTopics(wanted, request.version());
        if (missing.topics().isEmpty()) {
            request.respond(response(request, wanted, node.image()));
        } else {
            node.control(
                    request,
                    new ControllerEvent.CreateTopics(missing, false),
                    created -> request.respond(response(request, wanted, node.image())));
        }
    }

    /** A topic is named by exactly one of name and id, and by an id only where the version has a place for it. */
    private static boolean isValid(MetadataRequestData wanted, short version) {
        if (wanted.topics() == null) {
            return true;
        }
        for (MetadataRequestTopic topic : wanted.topics()) {
            boolean byId = !topic.topicId().equals(Uuid.ZERO_UUID);
            if ((byId && version < FIRST_VERSION_BY_ID) || (!byId && topic.name() == null)) {
                return false;
            }
        }
        return true;
    }

    private static MetadataResponseData refused(MetadataRequestData wanted) {
        MetadataResponseData response = new MetadataResponseData();
        for (MetadataRequestTopic topic : wanted.topics()) {
            String name = topic.name() == null ? "" : topic.name();
            response.topics().add(failed(name, topic.topicId(), ErrorCode.INVALID_REQUEST));
        }
        return response;
    }

    private CreateTopicsRequestData missingTopics(MetadataRequestData wanted, short version) {
        CreateTopicsRequestData missing = new CreateTopicsRequestData();
        boolean allowed = wanted.allowAutoTopicCreation() && node.config().autoCreateTopicsEnable();
        if (!allowed || isForAll(wanted, version)) {
            return missing;
        }
        MetadataImage image = node.image();
        for (MetadataRequestTopic topic : wanted.topics()) {
            boolean byName = topic.topicId().equals(Uuid.ZERO_UUID);
            boolean known = byName && image.topic(topic.name()) != null;
            if (byName
                    && !known
                    && isCreatable(topic.name())
                    && missing.topics().find(topic.name()) == null) {
                missing.topics()
                        .add(new CreatableTopic()
                                .setName(topic.name())
                                .setNumPartitions(BROKERS_CHOICE)
                                .setReplicationFactor((short) BROKERS_CHOICE));
            }
        }
        return missing;
    }

    private static boolean isCreatable(String name) {
        return TopicNames.refusal(name) == null && !TopicNames.isInternal(name);
    }

    /** Version 0 has no null list, so the empty one stands for all topics. */
    private static boolean isForAll(MetadataRequestData wanted, short version) {
        return wanted.topics() == null || (version == 0 && wanted.topics().isEmpty());
    }

    private MetadataResponseData response(Request request, MetadataRequestData wanted, MetadataImage image) {
        MetadataResponseData response = new MetadataResponseData()
                .setClusterId(image.clusterId())
                .setControllerId(node.id())
                .setClusterAuthorizedOperations(
                        AuthorizedOperations.onCluster(wanted.includeClusterAuthorizedOperations()));
        for (BrokerImage broker : image.brokers().values()) {
            addBroker(response, broker, node.endpointFor(request, broker));
        }
        boolean withOperations = wanted.includeTopicAuthorizedOperations();
        if (isForAll(wanted, request.version())) {
            for (TopicImage topic : image.topics()) {
                response.topics().add(describe(topic, withOperations));
            }
        } else {
            for (MetadataRequestTopic topic : new LinkedHashSet<>(wanted.topics())) {
                response.topics().add(describe(topic, image, withOperations));
            }
        }
        return response;
    }

    private static void addBroker(MetadataResponseData response, BrokerImage broker, Endpoint endpoint) {
        if (endpoint != null && !broker.fenced()) {
            response.brokers()
                    .add(new MetadataResponseBroker()
                            .setNodeId(broker.id())
                            .setHost(endpoint.host())
                            .setPort(endpoint.port())
                            .setRack(broker.rack()));
        }
    }

    private static MetadataResponseTopic describe(
            MetadataRequestTopic wanted, MetadataImage image, boolean operations) {
        if (!wanted.topicId().equals(Uuid.ZERO_UUID)) {
            TopicImage topic = image.topic(wanted.topicId());
            return topic != null
                    ? describe(topic, operations)
                    : failed(null, wanted.topicId(), ErrorCode.UNKNOWN_TOPIC_ID);
        }
        TopicImage topic = image.topic(wanted.name());
        if (topic != null) {
            return describe(topic, operations);
        }
        boolean valid = TopicNames.refusal(wanted.name()) == null;
        return failed(
                wanted.name(),
                Uuid.ZERO_UUID,
                valid ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.INVALID_TOPIC_EXCEPTION);
    }

    private static MetadataResponseTopic failed(String name, Uuid id, ErrorCode error) {
        return new MetadataResponseTopic()
                .setName(name)
                .setTopicId(id)
                .setIsInternal(name != null && TopicNames.isInternal(name))
                .setErrorCode(error.code())
                .setTopicAuthorizedOperations(AuthorizedOperations.NOT_ASKED);
    }

    private static MetadataResponseTopic describe(TopicImage topic, boolean withOperations) {
        MetadataResponseTopic described = new MetadataResponseTopic()
                .setName(topic.name())
                .setTopicId(topic.id())
                .setIsInternal(topic.internal())
                .setTopicAuthorizedOperations(AuthorizedOperations.onTopic(withOperations));
        for (PartitionImage partition : topic.partitions()) {
            described
                    .partitions()
                    .add(new MetadataResponsePartition()
                            .setPartitionIndex(partition.id())
                            .setLeaderId(partition.leader())
                            .setLeaderEpoch(partition.leaderEpoch())
                            .setReplicaNodes(partition.replicas())
                            .setIsrNodes(partition.isr())
                            .setOfflineReplicas(List.of()));
        }
        return described;
    }
}
