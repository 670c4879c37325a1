package io.headrace.metadata;

import io.headrace.metadata.config.ConfigLayers;
import java.util.Collection;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiMessage;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Everything that the metadata log says, at one offset of it. Immutable and shared by all shards; the next one shares
 * with it all that did not change.
 */
public final class MetadataImage {

    /** What an empty log says. */
    public static MetadataImage empty(String clusterId) {
        throw new UnsupportedOperationException("being written");
    }

    /** The image after one more record; a record of a kind that is not kept here changes nothing. */
    public MetadataImage apply(ApiMessage record) {
        throw new UnsupportedOperationException("being written");
    }

    /** The same, as of a later offset. */
    public MetadataImage at(long lastOffset) {
        throw new UnsupportedOperationException("being written");
    }

    public String clusterId() {
        throw new UnsupportedOperationException("being written");
    }

    /** Offset of the last record that is in the image; -1 if there is none. */
    public long offset() {
        throw new UnsupportedOperationException("being written");
    }

    /** By id. */
    public PSortedMap<Integer, BrokerImage> brokers() {
        throw new UnsupportedOperationException("being written");
    }

    /** The broker of that id, or null. */
    public BrokerImage broker(int id) {
        return brokers().get(id);
    }

    /** In the order of their names. */
    public Collection<TopicImage> topics() {
        throw new UnsupportedOperationException("being written");
    }

    public int topicCount() {
        throw new UnsupportedOperationException("being written");
    }

    /** Over all topics. */
    public int partitionCount() {
        throw new UnsupportedOperationException("being written");
    }

    /** The topic of that name, or null. */
    public TopicImage topic(String name) {
        throw new UnsupportedOperationException("being written");
    }

    /** The topic of that id, or null. */
    public TopicImage topic(Uuid id) {
        throw new UnsupportedOperationException("being written");
    }

    /** What has been set for a resource, by key; empty if nothing has. */
    public PSortedMap<String, String> configs(ConfigResource resource) {
        throw new UnsupportedOperationException("being written");
    }

    /** A broker's configuration file with what has been set at run time over it. */
    public ConfigLayers layersOf(int brokerId, ConfigLayers file) {
        return file.withDynamic(configs(ConfigResource.broker(brokerId)), configs(ConfigResource.allBrokers()));
    }

    /** The first producer id that has not been given to any broker. */
    public long nextProducerId() {
        throw new UnsupportedOperationException("being written");
    }

    /** Feature levels by name, such as metadata.version. */
    public PMap<String, Short> features() {
        return TreePMap.empty();
    }
}
