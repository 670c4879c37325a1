package io.headrace.coordination.group.consumer;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.headrace.coordination.TopicView;
import java.util.NavigableSet;

/**
 * One number for all that an assignment depends on in the metadata: ids and partition counts of the subscribed topics.
 * Computed as Kafka does for brokers without racks (KIP-1101), so that a group finds itself unchanged after moving.
 */
final class MetadataHash {

    private static final byte TOPIC_HASH_VERSION = 0;

    /** Of a group none of whose topics exists. */
    static final long OF_NO_TOPIC = 0;

    private MetadataHash() {}

    static long of(NavigableSet<String> names, TopicView topics) {
        HashStream64 hash = Hashing.xxh3_64().hashStream();
        boolean none = true;
        for (String name : names) {
            TopicView.Topic topic = topics.topic(name);
            if (topic != null) {
                hash.putLong(of(topic));
                none = false;
            }
        }
        return none ? OF_NO_TOPIC : hash.getAsLong();
    }

    private static long of(TopicView.Topic topic) {
        HashStream64 hash = Hashing.xxh3_64()
                .hashStream()
                .putByte(TOPIC_HASH_VERSION)
                .putLong(topic.id().getMostSignificantBits())
                .putLong(topic.id().getLeastSignificantBits())
                .putString(topic.name())
                .putInt(topic.partitionCount());
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            hash.putInt(partition);
        }
        return hash.getAsLong();
    }
}
