package io.headrace.metadata;

import io.headrace.ports.Check;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord.BrokerEndpoint;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * An image in the making: takes the records of one batch, or of a whole snapshot, and makes the next image once, which
 * for ten thousand partitions is many times cheaper than an image for each record. Used by one thread and thrown away.
 */
final class MetadataDelta {

    private final MetadataImage base;
    private final TopicDrafts topics;
    private PSortedMap<Integer, BrokerImage> brokers;
    private PSortedMap<ConfigResource, PSortedMap<String, String>> configs;
    private PSortedMap<String, Short> features;
    private long nextProducerId;

    MetadataDelta(MetadataImage base) {
        this.base = base;
        this.topics = new TopicDrafts(base.topicMaps());
        this.brokers = base.brokers();
        this.configs = base.configs();
        this.features = base.features();
        this.nextProducerId = base.nextProducerId();
    }

    /** A record of a kind that the image does not keep is refused, since the next snapshot would lose it. */
    void apply(ApiMessage record) {
        switch (record.apiKey()) {
            case RecordFrame.REGISTER_BROKER -> register((RegisterBrokerRecord) record);
            case RecordFrame.TOPIC -> topics.create((TopicRecord) record);
            case RecordFrame.PARTITION -> topics.partition((PartitionRecord) record);
            case RecordFrame.REMOVE_TOPIC -> remove((RemoveTopicRecord) record);
            case RecordFrame.CONFIG -> configure((ConfigRecord) record);
            case RecordFrame.FEATURE_LEVEL -> feature((FeatureLevelRecord) record);
            case RecordFrame.PRODUCER_IDS -> producerIds((ProducerIdsRecord) record);
            case RecordFrame.NO_OP -> {}
            default -> throw new IllegalArgumentException("a metadata record of kind " + record.apiKey());
        }
    }

    MetadataImage image(long offset) {
        return new MetadataImage(base.clusterId(), offset, brokers, topics.build(), configs, features, nextProducerId);
    }

    private void register(RegisterBrokerRecord record) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (BrokerEndpoint endpoint : record.endPoints()) {
            endpoints.add(new Endpoint(endpoint.name(), endpoint.host(), endpoint.port(), endpoint.securityProtocol()));
        }
        BrokerImage broker = new BrokerImage(
                record.brokerId(),
                record.brokerEpoch(),
                record.incarnationId(),
                List.of(endpoints.toArray(new Endpoint[0])),
                record.rack(),
                record.logDirs(),
                record.fenced());
        brokers = brokers.plus(broker.id(), broker);
    }

    private void remove(RemoveTopicRecord record) {
        String name = topics.remove(record.topicId());
        configs = configs.minus(ConfigResource.topic(name));
    }

    private void configure(ConfigRecord record) {
        ConfigResource.Type type = ConfigResource.Type.forCode(record.resourceType());
        Check.that(type != null, "a configuration belongs to a known type of resource");
        ConfigResource resource = new ConfigResource(type, record.resourceName());
        PSortedMap<String, String> set = configs.get(resource);
        if (set == null) {
            set = TreePMap.empty();
        }
        set = record.value() == null ? set.minus(record.name()) : set.plus(record.name(), record.value());
        configs = set.isEmpty() ? configs.minus(resource) : configs.plus(resource, set);
    }

    private void feature(FeatureLevelRecord record) {
        features = record.featureLevel() == 0
                ? features.minus(record.name())
                : features.plus(record.name(), record.featureLevel());
    }

    private void producerIds(ProducerIdsRecord record) {
        Check.that(
                record.nextProducerId() > nextProducerId,
                "producer ids are given once",
                record.nextProducerId(),
                nextProducerId);
        nextProducerId = record.nextProducerId();
    }
}
