package io.headrace.metadata.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.Features;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.PartitionImage;
import io.headrace.metadata.RecordFrame;
import io.headrace.metadata.TopicImage;
import io.headrace.wire.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.VotersRecord;
import org.apache.kafka.common.metadata.AbortTransactionRecord;
import org.apache.kafka.common.metadata.AccessControlEntryRecord;
import org.apache.kafka.common.metadata.BeginTransactionRecord;
import org.apache.kafka.common.metadata.ClientQuotaRecord;
import org.apache.kafka.common.metadata.ClientQuotaRecord.EntityData;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.EndTransactionRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RegisterControllerRecord;
import org.apache.kafka.common.metadata.RemoveAccessControlEntryRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.metadata.UserScramCredentialRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.junit.jupiter.api.Test;

final class AdoptedMetadataTest {

    private static final Uuid DIRECTORY = new Uuid(9, 9);
    private static final Uuid OTHER_DIRECTORY = new Uuid(9, 8);
    private static final Uuid FLIGHTS = new Uuid(1, 1);
    private static final Uuid GONE = new Uuid(1, 2);
    private static final AdoptionTerms TERMS = new AdoptionTerms("cluster", 3, DIRECTORY, false);

    private final KraftMetadata kafka = new KraftMetadata();

    private void take(ApiMessage... records) {
        for (ApiMessage record : records) {
            kafka.record(0, RecordFrame.write(record));
        }
    }

    private void takeNode(Uuid... directories) {
        take(
                level("metadata.version", 33),
                level("group.version", 1),
                new RegisterControllerRecord().setControllerId(3),
                new RegisterBrokerRecord().setBrokerId(3).setLogDirs(List.of(directories)));
    }

    private static FeatureLevelRecord level(String name, int level) {
        return new FeatureLevelRecord().setName(name).setFeatureLevel((short) level);
    }

    private static TopicRecord topic(String name, Uuid id) {
        return new TopicRecord().setName(name).setTopicId(id);
    }

    private static PartitionRecord partition(Uuid topic, int id, Integer... replicas) {
        List<Uuid> directories = new ArrayList<>();
        for (Integer _ : replicas) {
            directories.add(DIRECTORY);
        }
        return new PartitionRecord()
                .setTopicId(topic)
                .setPartitionId(id)
                .setReplicas(List.of(replicas))
                .setIsr(List.of(replicas))
                .setLeader(replicas[0])
                .setLeaderEpoch(4)
                .setPartitionEpoch(7)
                .setDirectories(directories);
    }

    private static ConfigRecord config(ConfigResource.Type type, String resource, String key, String value) {
        return new ConfigRecord()
                .setResourceType(type.code())
                .setResourceName(resource)
                .setName(key)
                .setValue(value);
    }

    private AdoptedMetadata adopted() throws NotAdoptable {
        return AdoptedMetadata.of(kafka, TERMS);
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::adopted).isInstanceOf(NotAdoptable.class).hasMessageContaining(why);
    }

    @Test
    void topicsKeepTheirIdsAndPartitionsGetALeader() throws NotAdoptable {
        takeNode(DIRECTORY);
        take(
                topic("flights", FLIGHTS),
                partition(FLIGHTS, 0, 3),
                partition(FLIGHTS, 1, 3),
                new PartitionChangeRecord()
                        .setTopicId(FLIGHTS)
                        .setPartitionId(1)
                        .setLeader(-1),
                new PartitionChangeRecord()
                        .setTopicId(FLIGHTS)
                        .setPartitionId(1)
                        .setIsr(List.of(3)),
                topic("gone", GONE),
                partition(GONE, 0, 3),
                config(ConfigResource.Type.TOPIC, "gone", "retention.ms", "1"),
                new RemoveTopicRecord().setTopicId(GONE));

        MetadataImage image = adopted().image();

        assertThat(image.topics()).extracting(TopicImage::name).containsExactly("flights");
        List<Integer> self = List.of(3);
        assertThat(image.topic(FLIGHTS).partitions())
                .containsExactly(
                        new PartitionImage(0, 3, 5, 8, self, self, List.of(DIRECTORY)),
                        new PartitionImage(1, 3, 6, 10, self, self, List.of(DIRECTORY)));
        assertThat(image.configs()).isEmpty();
        assertThat(image.features()).isEqualTo(Features.LEVELS);
        assertThat(image.clusterId()).isEqualTo("cluster");
    }

    @Test
    void producerIdsAreNeverGivenTwice() throws NotAdoptable {
        takeNode(DIRECTORY);
        take(new ProducerIdsRecord().setNextProducerId(1000), new ProducerIdsRecord().setNextProducerId(3000));

        assertThat(adopted().firstSpareProducerId()).isEqualTo(3000);
        assertThat(adopted().image().nextProducerId()).isEqualTo(4000);
    }

    @Test
    void configurationsThatCouldBeSetHereHold() throws NotAdoptable {
        takeNode(DIRECTORY);
        take(
                topic("flights", FLIGHTS),
                partition(FLIGHTS, 0, 3),
                config(ConfigResource.Type.TOPIC, "flights", "retention.ms", "1234"),
                config(ConfigResource.Type.TOPIC, "flights", "segment.ms", "99"),
                config(ConfigResource.Type.TOPIC, "flights", "segment.ms", null),
                config(ConfigResource.Type.TOPIC, "flights", "no.such.key", "1"),
                config(ConfigResource.Type.BROKER, "", "log.retention.ms", "7"),
                config(ConfigResource.Type.BROKER, "3", "message.max.bytes", "8"),
                config(ConfigResource.Type.BROKER, "4", "message.max.bytes", "9"),
                config(ConfigResource.Type.GROUP, "g", "consumer.session.timeout.ms", "50000"),
                config(ConfigResource.Type.CLIENT_METRICS, "m", "interval.ms", "1000"));

        AdoptedMetadata adopted = adopted();

        assertThat(adopted.image().configs(ConfigResource.topic("flights")))
                .containsExactly(Map.entry("retention.ms", "1234"));
        assertThat(adopted.image().configs(ConfigResource.allBrokers())).containsEntry("log.retention.ms", "7");
        assertThat(adopted.image().configs(ConfigResource.broker(3))).containsEntry("message.max.bytes", "8");
        assertThat(adopted.image().configs(ConfigResource.broker(4))).isEmpty();
        assertThat(adopted.image().configs(new ConfigResource(ConfigResource.Type.GROUP, "g")))
                .containsEntry("consumer.session.timeout.ms", "50000");
        assertThat(adopted.leftBehind())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("no.such.key of topic flights: "))
                .anySatisfy(line -> assertThat(line).startsWith("message.max.bytes of broker 4: "))
                .anySatisfy(line -> assertThat(line).startsWith("interval.ms of the client metrics subscription m: "));
    }

    @Test
    void whatProtectsTheDataIsNotDroppedUnlessThatIsMeant() throws NotAdoptable {
        takeNode(DIRECTORY);
        take(
                new AccessControlEntryRecord().setId(new Uuid(5, 1)),
                new AccessControlEntryRecord().setId(new Uuid(5, 2)),
                new AccessControlEntryRecord().setId(new Uuid(5, 3)),
                new RemoveAccessControlEntryRecord().setId(new Uuid(5, 1)),
                new UserScramCredentialRecord().setName("alice"));

        assertRefused("it is protected by 2 ACLs, 1 SCRAM credential");
        assertRefused("--drop-security");

        AdoptedMetadata dropped = AdoptedMetadata.of(kafka, new AdoptionTerms("cluster", 3, DIRECTORY, true));
        assertThat(dropped.leftBehind()).hasSize(2).allMatch(line -> line.endsWith(": Headrace lets everybody in"));
    }

    @Test
    void quotasAreDroppedAndNamed() throws NotAdoptable {
        takeNode(DIRECTORY);
        EntityData user = new EntityData().setEntityType("user").setEntityName("bob");
        take(
                new ClientQuotaRecord().setEntity(List.of(user)).setKey("producer_byte_rate"),
                new ClientQuotaRecord().setEntity(List.of(user)).setKey("consumer_byte_rate"),
                new ClientQuotaRecord()
                        .setEntity(List.of(user))
                        .setKey("producer_byte_rate")
                        .setRemove(true));

        assertThat(adopted().leftBehind()).containsExactly("1 client quota: Headrace slows nobody down");
    }

    @Test
    void aMetadataTransactionCountsWhenItHasEnded() throws NotAdoptable {
        take(new BeginTransactionRecord());
        takeNode(DIRECTORY);
        take(
                new EndTransactionRecord(),
                new BeginTransactionRecord(),
                topic("aborted", GONE),
                new AbortTransactionRecord(),
                new BeginTransactionRecord(),
                topic("unfinished", FLIGHTS));

        assertThat(adopted().image().topics()).isEmpty();
    }

    @Test
    void anotherNodesPartitionsAreRefused() {
        takeNode(DIRECTORY);
        take(topic("flights", FLIGHTS), partition(FLIGHTS, 0, 4));

        assertRefused("several nodes: partition flights-0 lies on [4], and not on node 3");
    }

    @Test
    void replicasElsewhereAreRefused() {
        takeNode(DIRECTORY);
        take(topic("flights", FLIGHTS), partition(FLIGHTS, 0, 3, 4));

        assertRefused("several nodes: partition flights-0 lies on [3, 4]; make node 3 its only replica first");
    }

    @Test
    void severalLogDirectoriesAreRefused() {
        takeNode(DIRECTORY, OTHER_DIRECTORY);

        assertRefused("in 2 directories (log.dirs), and this is one of them");
    }

    @Test
    void aControllerAloneIsRefused() {
        take(level("metadata.version", 33), new RegisterControllerRecord().setControllerId(3));

        assertRefused("node 3 is not a broker");
    }

    @Test
    void remoteStorageIsRefused() {
        takeNode(DIRECTORY);
        take(
                topic("flights", FLIGHTS),
                partition(FLIGHTS, 0, 3),
                config(ConfigResource.Type.TOPIC, "flights", "remote.storage.enable", "true"));

        assertRefused("topic flights lies in remote storage");
    }

    @Test
    void aLaterKafkaIsRefused() {
        takeNode(DIRECTORY);
        take(level("metadata.version", 34));

        assertRefused("metadata.version is 34");
    }

    @Test
    void aRecordOfAnUnknownKindIsRefused() {
        ByteBuffer framed = RecordFrame.write(level("a", 1));
        framed.put(1, (byte) 99);

        assertThatThrownBy(() -> kafka.record(0, framed)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void theVotersAreThoseThatTheLogNamesLast() {
        kafka.control((short) 6, voters(1, 2));
        kafka.control((short) 6, voters(3));

        assertThat(kafka.voters()).containsExactly(3);
    }

    private static ByteBuffer voters(int... ids) {
        VotersRecord record = new VotersRecord();
        for (int id : ids) {
            record.voters().add(new VotersRecord.Voter().setVoterId(id));
        }
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        record.addSize(size, cache, (short) 0);
        ByteBufferAccessor target = new ByteBufferAccessor(ByteBuffer.allocate(size.totalSize()));
        record.write(target, cache, (short) 0);
        target.flip();
        return target.buffer();
    }
}
