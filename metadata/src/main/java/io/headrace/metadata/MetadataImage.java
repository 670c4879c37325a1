package io.headrace.metadata;

import io.headrace.metadata.config.ConfigLayers;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiMessage;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Everything that the metadata log says, at one offset of it. Immutable and shared by all shards; the next one shares
 * with it all that did not change. Every map is sorted, so that walking it is the same everywhere.
 *
 * @param clusterId not in the log, but in each log directory's meta.properties
 * @param offset of the last record that is in the image; -1 if there is none
 * @param brokers by id
 * @param configs what has been set for a resource, by key; no entry if nothing has
 * @param features levels by name, such as metadata.version
 * @param nextProducerId the first producer id that has not been given to any broker
 */
public record MetadataImage(
        String clusterId,
        long offset,
        PSortedMap<Integer, BrokerImage> brokers,
        TopicMaps topicMaps,
        PSortedMap<ConfigResource, PSortedMap<String, String>> configs,
        PSortedMap<String, Short> features,
        long nextProducerId) {

    static final long NO_OFFSET = -1;

    /** What an empty log says. */
    public static MetadataImage empty(String clusterId) {
        return new MetadataImage(
                clusterId, NO_OFFSET, TreePMap.empty(), TopicMaps.EMPTY, TreePMap.empty(), TreePMap.empty(), 0);
    }

    /** The image after one more record, as of the same offset. */
    public MetadataImage apply(ApiMessage record) {
        MetadataDelta delta = new MetadataDelta(this);
        delta.apply(record);
        return delta.image(offset);
    }

    /** The image after more records, the last of which has the offset. */
    public MetadataImage apply(List<ApiMessage> records, long lastOffset) {
        MetadataDelta delta = new MetadataDelta(this);
        for (ApiMessage record : records) {
            delta.apply(record);
        }
        return delta.image(lastOffset);
    }

    /** The broker of that id, or null. */
    public BrokerImage broker(int id) {
        return brokers.get(id);
    }

    /** In the order of their names. */
    public Collection<TopicImage> topics() {
        return topicMaps.byName().values();
    }

    public int topicCount() {
        return topicMaps.byName().size();
    }

    /** Over all topics. */
    public int partitionCount() {
        return topicMaps.partitionCount();
    }

    /** The topic of that name, or null. */
    public TopicImage topic(String name) {
        return topicMaps.byName().get(name);
    }

    /** The topic of that id, or null. */
    public TopicImage topic(Uuid id) {
        return topicMaps.byId().get(id);
    }

    /** What has been set for one resource, by key; empty if nothing has. */
    public PSortedMap<String, String> configs(ConfigResource resource) {
        PSortedMap<String, String> set = configs.get(resource);
        return set == null ? TreePMap.empty() : set;
    }

    /** A broker's configuration file with what has been set at run time over it. */
    public ConfigLayers layersOf(int brokerId, ConfigLayers file) {
        return file.withDynamic(configs(ConfigResource.broker(brokerId)), configs(ConfigResource.allBrokers()));
    }
}
