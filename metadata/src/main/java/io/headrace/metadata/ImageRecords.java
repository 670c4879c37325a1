package io.headrace.metadata;

import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.pcollections.PSortedMap;

/** The records that make an image out of nothing, one after the other. */
final class ImageRecords {

    private static final int NO_BROKER = -1;

    private final MetadataImage image;
    private final Iterator<Map.Entry<String, Short>> features;
    private final Iterator<BrokerImage> brokers;
    private final Iterator<TopicImage> topics;
    private final Iterator<Map.Entry<ConfigResource, PSortedMap<String, String>>> resources;
    private boolean metadataVersionDone;
    private boolean producerIdsDone;
    private TopicImage topic;
    private int nextPartition;
    private ConfigResource resource;
    private Iterator<Map.Entry<String, String>> configs;

    ImageRecords(MetadataImage image) {
        this.image = image;
        this.features = image.features().entrySet().iterator();
        this.brokers = image.brokers().values().iterator();
        this.topics = image.topics().iterator();
        this.resources = image.configs().entrySet().iterator();
    }

    /** Null after the last. The level that the other records are written in comes first, as Kafka wants it. */
    ApiMessage next() {
        ApiMessage record = feature();
        if (record == null && brokers.hasNext()) {
            record = BrokerRegistration.record(brokers.next());
        }
        if (record == null) {
            record = topicOrPartition();
        }
        if (record == null) {
            record = config();
        }
        return record == null ? producerIds() : record;
    }

    private ApiMessage feature() {
        if (!metadataVersionDone) {
            metadataVersionDone = true;
            Short level = image.features().get(Features.METADATA_VERSION);
            if (level != null) {
                return feature(Features.METADATA_VERSION, level);
            }
        }
        while (features.hasNext()) {
            Map.Entry<String, Short> feature = features.next();
            if (!feature.getKey().equals(Features.METADATA_VERSION)) {
                return feature(feature.getKey(), feature.getValue());
            }
        }
        return null;
    }

    private static ApiMessage feature(String name, short level) {
        return new FeatureLevelRecord().setName(name).setFeatureLevel(level);
    }

    private ApiMessage topicOrPartition() {
        if (topic != null && nextPartition < topic.partitionCount()) {
            return partition(topic, topic.partitions().get(nextPartition++));
        }
        if (!topics.hasNext()) {
            return null;
        }
        topic = topics.next();
        nextPartition = 0;
        return new TopicRecord().setName(topic.name()).setTopicId(topic.id());
    }

    static ApiMessage partition(TopicImage topic, PartitionImage partition) {
        return new PartitionRecord()
                .setTopicId(topic.id())
                .setPartitionId(partition.id())
                .setLeader(partition.leader())
                .setLeaderEpoch(partition.leaderEpoch())
                .setPartitionEpoch(partition.partitionEpoch())
                .setReplicas(partition.replicas())
                .setIsr(partition.isr())
                .setDirectories(partition.directories());
    }

    private ApiMessage config() {
        while (configs == null || !configs.hasNext()) {
            if (!resources.hasNext()) {
                return null;
            }
            Map.Entry<ConfigResource, PSortedMap<String, String>> next = resources.next();
            resource = next.getKey();
            configs = next.getValue().entrySet().iterator();
        }
        Map.Entry<String, String> config = configs.next();
        return new ConfigRecord()
                .setResourceType(resource.type().code())
                .setResourceName(resource.name())
                .setName(config.getKey())
                .setValue(config.getValue());
    }

    private ApiMessage producerIds() {
        if (producerIdsDone || image.nextProducerId() == 0) {
            return null;
        }
        producerIdsDone = true;
        return new ProducerIdsRecord()
                .setBrokerId(NO_BROKER)
                .setBrokerEpoch(NO_BROKER)
                .setNextProducerId(image.nextProducerId());
    }
}
