package io.headrace.metadata.adoption;

import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.RecordFrame;
import io.headrace.metadata.RecordReplay;
import io.headrace.wire.ByteReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.VotersRecord;
import org.apache.kafka.common.metadata.BrokerRegistrationChangeRecord;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.MetadataRecordType;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.UnregisterBrokerRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Everything that Apache Kafka's metadata log says, at its end. A snapshot is taken first, then the log behind it. Records
 * between the begin of a metadata transaction (KIP-868) and its end count when it has ended; one that was never ended is
 * forgotten, as its controller would at its next start. Used by one thread.
 */
public final class KraftMetadata implements RecordReplay.Taker {

    /** Kind of the control record that names the voters of a quorum that can change (KIP-853). */
    private static final short VOTERS = 6;

    private final KraftTopics topics = new KraftTopics();
    private final ForeignFeatures foreign = new ForeignFeatures();
    private final SortedMap<ConfigResource, SortedMap<String, String>> configs = new TreeMap<>();
    private final SortedMap<String, Short> features = new TreeMap<>();
    private final SortedMap<Integer, List<Uuid>> logDirectories = new TreeMap<>();
    private final SortedSet<Integer> voters = new TreeSet<>();
    private long nextProducerId;

    /** Of the metadata transaction that has begun; null if none has. */
    private List<ApiMessage> transaction;

    @Override
    public void record(long offset, ByteBuffer framed) {
        ApiMessage record = RecordFrame.read(framed, KraftMetadata::empty);
        switch (MetadataRecordType.fromId(record.apiKey())) {
            case BEGIN_TRANSACTION_RECORD -> transaction = new ArrayList<>();
            case ABORT_TRANSACTION_RECORD -> transaction = null;
            case END_TRANSACTION_RECORD -> {
                List<ApiMessage> ended = transaction == null ? new ArrayList<>() : transaction;
                transaction = null;
                ended.forEach(this::apply);
            }
            default -> {
                if (transaction == null) {
                    apply(record);
                } else {
                    transaction.add(record);
                }
            }
        }
    }

    /** Null for a kind that Kafka 4.4 does not have. */
    private static ApiMessage empty(int kind) {
        try {
            return MetadataRecordType.fromId((short) kind).newMetadataRecord();
        } catch (UnsupportedVersionException unknown) {
            return null;
        }
    }

    private void apply(ApiMessage record) {
        switch (record) {
            case RegisterBrokerRecord broker -> logDirectories.put(broker.brokerId(), broker.logDirs());
            case BrokerRegistrationChangeRecord change -> {
                if (!change.logDirs().isEmpty()) {
                    logDirectories.put(change.brokerId(), change.logDirs());
                }
            }
            case UnregisterBrokerRecord broker -> logDirectories.remove(broker.brokerId());
            case ConfigRecord config -> configure(config);
            case FeatureLevelRecord feature -> {
                if (feature.featureLevel() == 0) {
                    features.remove(feature.name());
                } else {
                    features.put(feature.name(), feature.featureLevel());
                }
            }
            case ProducerIdsRecord ids -> nextProducerId = Math.max(nextProducerId, ids.nextProducerId());
            case RemoveTopicRecord topic -> configs.remove(ConfigResource.topic(topics.remove(topic)));
            default -> {
                if (!topics.apply(record)) {
                    foreign.apply(record);
                }
            }
        }
    }

    private void configure(ConfigRecord record) {
        ConfigResource.Type type = ConfigResource.Type.forCode(record.resourceType());
        if (type == null) {
            throw new IllegalArgumentException("a configuration of a resource of type " + record.resourceType());
        }
        ConfigResource resource = new ConfigResource(type, record.resourceName());
        SortedMap<String, String> set = configs.computeIfAbsent(resource, _ -> new TreeMap<>());
        if (record.value() == null) {
            set.remove(record.name());
        } else {
            set.put(record.name(), record.value());
        }
    }

    @Override
    public void control(short kind, ByteBuffer value) {
        if (kind == VOTERS && value != null) {
            VotersRecord record = new VotersRecord();
            record.read(new ByteReader(value), record.highestSupportedVersion());
            voters.clear();
            record.voters().forEach(voter -> voters.add(voter.voterId()));
        }
    }

    KraftTopics topics() {
        return topics;
    }

    ForeignFeatures foreign() {
        return foreign;
    }

    SortedMap<ConfigResource, SortedMap<String, String>> configs() {
        return configs;
    }

    /** Levels by name. */
    SortedMap<String, Short> features() {
        return features;
    }

    /** Of each registered broker. */
    SortedMap<Integer, List<Uuid>> logDirectories() {
        return logDirectories;
    }

    /** By node id; empty if the voters are those that the configuration file names. */
    public SortedSet<Integer> voters() {
        return voters;
    }

    /** All smaller ones may have been given to somebody. */
    long nextProducerId() {
        return nextProducerId;
    }
}
