package io.headrace.metadata;

import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/** Metadata records as lines that one can read; topics are shown by name. */
final class RecordText {

    private RecordText() {}

    static String of(ApiMessage record, Map<Uuid, String> names) {
        return switch (record) {
            case TopicRecord topic -> {
                names.put(topic.topicId(), topic.name());
                yield "topic " + topic.name();
            }
            case PartitionRecord partition ->
                "partition " + names.get(partition.topicId()) + "-" + partition.partitionId() + " on "
                        + partition.replicas() + ", in sync " + partition.isr() + ", led by " + partition.leader()
                        + " in epoch " + partition.leaderEpoch() + "." + partition.partitionEpoch();
            case RemoveTopicRecord removed -> "remove topic " + names.get(removed.topicId());
            case ConfigRecord config ->
                "config " + ConfigResource.Type.forCode(config.resourceType()) + "/" + config.resourceName() + " "
                        + config.name() + (config.value() == null ? " removed" : "=" + config.value());
            case ProducerIdsRecord ids -> "producer ids from " + ids.nextProducerId() + " on are free";
            case FeatureLevelRecord feature -> "feature " + feature.name() + " at " + feature.featureLevel();
            case RegisterBrokerRecord broker ->
                "broker " + broker.brokerId() + " in epoch " + broker.brokerEpoch() + " at "
                        + broker.endPoints().iterator().next().host() + ", rack " + broker.rack();
            default -> throw new IllegalArgumentException(record.toString());
        };
    }
}
