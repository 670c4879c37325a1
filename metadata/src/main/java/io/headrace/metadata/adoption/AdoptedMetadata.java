package io.headrace.metadata.adoption;

import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.Features;
import io.headrace.metadata.Limits;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.PartitionImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * The metadata that Headrace begins with.
 *
 * @param image topics, partitions, configurations, and producer ids of which none was ever given to anybody
 * @param firstSpareProducerId so many ids before the image's next one that {@link Limits#PRODUCER_IDS_PER_BLOCK} are free for
 *     whoever adopts
 * @param leftBehind what was in Kafka's metadata and is not in the image, one line each
 */
public record AdoptedMetadata(MetadataImage image, long firstSpareProducerId, List<String> leftBehind) {

    /** Takes over what the log says, or tells why it cannot be taken over. */
    public static AdoptedMetadata of(KraftMetadata kafka, AdoptionTerms terms) throws NotAdoptable {
        checkVersion(kafka);
        new SingleNode(kafka, terms).check();
        checkSecurity(kafka, terms);
        List<String> leftBehind = new ArrayList<>();
        kafka.foreign().security().forEach(what -> leftBehind.add(what + ": Headrace lets everybody in"));
        kafka.foreign().limits().forEach(what -> leftBehind.add(what + ": Headrace slows nobody down"));
        List<ApiMessage> records = new ArrayList<>();
        Features.LEVELS.forEach((name, level) ->
                records.add(new FeatureLevelRecord().setName(name).setFeatureLevel(level)));
        addTopics(kafka, terms, records);
        new AdoptedConfigs(terms.nodeId(), leftBehind)
                .judge(kafka.configs())
                .forEach((resource, kept) -> addConfigs(resource, kept, records));
        long spare = kafka.nextProducerId();
        records.add(new ProducerIdsRecord().setNextProducerId(Math.addExact(spare, Limits.PRODUCER_IDS_PER_BLOCK)));
        MetadataImage image = MetadataImage.empty(terms.clusterId()).apply(records, records.size() - 1L);
        return new AdoptedMetadata(image, spare, leftBehind);
    }

    private static void checkVersion(KraftMetadata kafka) throws NotAdoptable {
        int ours = Features.LEVELS.get(Features.METADATA_VERSION);
        int level = kafka.features().getOrDefault(Features.METADATA_VERSION, (short) 0);
        if (level > ours) {
            throw new NotAdoptable("its metadata.version is " + level + ", of a Kafka later than 4.4, which knows "
                    + ours + " at most");
        }
    }

    private static void checkSecurity(KraftMetadata kafka, AdoptionTerms terms) throws NotAdoptable {
        List<String> security = kafka.foreign().security();
        if (!security.isEmpty() && !terms.dropSecurity()) {
            throw new NotAdoptable("it is protected by " + String.join(", ", security)
                    + ", and Headrace would let everybody in; --drop-security says that this is meant");
        }
    }

    /** Each partition gets a leader, as Kafka would give it one at the start: under a new epoch. */
    private static void addTopics(KraftMetadata kafka, AdoptionTerms terms, List<ApiMessage> records) {
        List<Integer> self = Collections.singletonList(terms.nodeId());
        for (KraftTopics.Topic topic : kafka.topics().all()) {
            records.add(new TopicRecord().setName(topic.name()).setTopicId(topic.id()));
            for (PartitionImage partition : topic.partitions().values()) {
                records.add(new PartitionRecord()
                        .setTopicId(topic.id())
                        .setPartitionId(partition.id())
                        .setReplicas(self)
                        .setIsr(self)
                        .setLeader(terms.nodeId())
                        .setLeaderEpoch(partition.leaderEpoch() + 1)
                        .setPartitionEpoch(partition.partitionEpoch() + 1)
                        .setDirectories(Collections.singletonList(terms.directoryId())));
            }
        }
    }

    private static void addConfigs(ConfigResource resource, Map<String, String> kept, List<ApiMessage> records) {
        kept.forEach((name, value) -> records.add(new ConfigRecord()
                .setResourceType(resource.type().code())
                .setResourceName(resource.name())
                .setName(name)
                .setValue(value)));
    }
}
