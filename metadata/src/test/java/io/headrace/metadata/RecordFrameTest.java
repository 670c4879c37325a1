package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.wire.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.NoOpRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.metadata.UnregisterBrokerRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.metadata.MetadataRecordSerde;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordFrameTest {

    private static final Uuid ID = new Uuid(0x1234, 0x5678);

    static List<ApiMessage> records() {
        BrokerImage broker = new BrokerImage(
                3, 42, ID, List.of(new Endpoint("PLAINTEXT", "host", 9092, (short) 0)), "rack", List.of(ID), false);
        return List.of(
                new TopicRecord().setName("flights").setTopicId(ID),
                new PartitionRecord()
                        .setTopicId(ID)
                        .setPartitionId(7)
                        .setReplicas(List.of(1, 2))
                        .setIsr(List.of(2))
                        .setLeader(2)
                        .setLeaderEpoch(5)
                        .setPartitionEpoch(6)
                        .setDirectories(List.of(ID, Uuid.ZERO_UUID)),
                new ConfigRecord()
                        .setResourceType((byte) 2)
                        .setResourceName("flights")
                        .setName("a")
                        .setValue("b"),
                new ConfigRecord()
                        .setResourceType((byte) 4)
                        .setResourceName("")
                        .setName("a")
                        .setValue(null),
                new RemoveTopicRecord().setTopicId(ID),
                new ProducerIdsRecord().setBrokerId(1).setBrokerEpoch(2).setNextProducerId(1000),
                new FeatureLevelRecord().setName("metadata.version").setFeatureLevel((short) 33),
                BrokerRegistration.record(broker),
                new NoOpRecord());
    }

    @ParameterizedTest
    @MethodSource("records")
    void kafkaReadsWhatIsWritten(ApiMessage record) {
        ByteBuffer written = RecordFrame.write(record);

        ApiMessageAndVersion read =
                MetadataRecordSerde.INSTANCE.read(new ByteBufferAccessor(written), written.remaining());

        assertThat(read.message()).isEqualTo(record);
        assertThat(read.version()).isEqualTo(record.highestSupportedVersion());
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatKafkaWritesIsRead(ApiMessage record) {
        ApiMessageAndVersion message = new ApiMessageAndVersion(record, record.highestSupportedVersion());
        ObjectSerializationCache cache = new ObjectSerializationCache();
        int size = MetadataRecordSerde.INSTANCE.recordSize(message, cache);
        ByteBufferAccessor target = new ByteBufferAccessor(ByteBuffer.allocate(size));
        MetadataRecordSerde.INSTANCE.write(message, cache, target);
        target.flip();

        assertThat(RecordFrame.read(target.buffer())).isEqualTo(record);
    }

    @Test
    void recordsAreOfTheVersionsThatTheFeatureLevelStandsFor() {
        MetadataVersion level = MetadataVersion.fromFeatureLevel(Features.LEVELS.get(Features.METADATA_VERSION));

        assertThat(level).isEqualTo(MetadataVersion.LATEST_PRODUCTION);
        assertThat(new RegisterBrokerRecord().highestSupportedVersion()).isEqualTo(level.registerBrokerRecordVersion());
        assertThat(new PartitionRecord().highestSupportedVersion()).isEqualTo(level.partitionRecordVersion());
    }

    @Test
    void anUnknownKindOrVersionIsRefused() {
        ByteBuffer kind = RecordFrame.write(new UnregisterBrokerRecord().setBrokerId(1));
        ByteBuffer version = RecordFrame.write(new TopicRecord().setName("a").setTopicId(ID));
        version.put(2, (byte) 1);
        ByteBuffer frame = RecordFrame.write(new NoOpRecord());
        frame.put(0, (byte) 2);

        assertThatThrownBy(() -> RecordFrame.read(kind)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> RecordFrame.read(version)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> RecordFrame.read(frame)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        ByteBuffer written = RecordFrame.write(new NoOpRecord());
        ByteBuffer longer =
                ByteBuffer.allocate(written.remaining() + 1).put(written).rewind();

        assertThatThrownBy(() -> RecordFrame.read(longer)).isInstanceOf(MalformedMessage.class);
    }
}
