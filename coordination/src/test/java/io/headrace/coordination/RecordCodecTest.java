package io.headrace.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.wire.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.group.generated.CoordinatorRecordType;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordCodecTest {

    @Test
    void aCommittedOffsetHasTheBytesThatKafkaWrites() {
        CoordinatorRecord record = new CoordinatorRecord(
                new OffsetCommitKey().setGroup("g").setTopic("t").setPartition(1),
                new OffsetCommitValue()
                        .setOffset(5)
                        .setLeaderEpoch(2)
                        .setMetadata("m")
                        .setCommitTimestamp(9)
                        .setExpireTimestamp(-1),
                (short) 3);

        assertThat(hex(RecordCodec.GROUPS.key(record))).isEqualTo("0001" + "000167" + "000174" + "00000001");
        assertThat(hex(RecordCodec.GROUPS.value(record)))
                .isEqualTo("0003" + "0000000000000005" + "00000002" + "00016d" + "0000000000000009");
    }

    @ParameterizedTest
    @MethodSource("everyVersionOfEveryGroupRecord")
    void whatIsWrittenIsReadAgain(CoordinatorRecord record) {
        assertThat(roundTrip(RecordCodec.GROUPS, record)).isEqualTo(record);
        assertThat(roundTrip(RecordCodec.GROUPS, CoordinatorRecord.tombstone(record.key())))
                .isEqualTo(CoordinatorRecord.tombstone(record.key()));
    }

    static Stream<CoordinatorRecord> everyVersionOfEveryGroupRecord() {
        return Arrays.stream(CoordinatorRecordType.values()).flatMap(type -> {
            ApiMessage value = type.newRecordValue();
            return IntStream.rangeClosed(value.lowestSupportedVersion(), value.highestSupportedVersion())
                    .mapToObj(version ->
                            new CoordinatorRecord(type.newRecordKey(), type.newRecordValue(), (short) version));
        });
    }

    @Test
    void transactionsHaveRecordsOfTheirOwn() {
        CoordinatorRecord record = CoordinatorRecord.of(
                new TransactionLogKey().setTransactionalId("t"), new TransactionLogValue().setProducerId(4));

        assertThat(roundTrip(RecordCodec.TRANSACTIONS, record)).isEqualTo(record);
    }

    @Test
    void aTypeOfALaterReleaseIsPassedOver() {
        assertThat(RecordCodec.GROUPS.read(bytes("7fff00"), bytes("0000"))).isEmpty();
    }

    @Test
    void aVersionOfALaterReleaseIsRefused() {
        ByteBuffer key = RecordCodec.GROUPS.key(CoordinatorRecord.tombstone(new GroupMetadataKey().setGroup("g")));

        assertThatThrownBy(() -> RecordCodec.GROUPS.read(key, bytes("7fff00")))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("a coordinator record of type 2, version 32767, which this release does not know");
    }

    private static CoordinatorRecord roundTrip(RecordCodec codec, CoordinatorRecord record) {
        return codec.read(codec.key(record), codec.value(record)).orElseThrow();
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
