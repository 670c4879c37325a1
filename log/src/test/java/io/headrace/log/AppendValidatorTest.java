package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.headrace.log.AppendResult.RecordError;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.ports.Check;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.CompressionCodec;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.Recompressor;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AppendValidatorTest {

    private static final long NOW_MS = 1_700_000_000_000L;
    private static final AppendOrigin ORIGIN = AppendOrigin.Client.of(12);
    private static final LogConfig DEFAULTS = LogConfig.defaults();
    private static final LogConfig LOG_APPEND_TIME = DEFAULTS.with(draft -> draft.logAppendTime = true);

    private final AppendValidator validator = new AppendValidator();

    // ---- what is accepted

    @Test
    void aBatchIsLeftAloneUntilItIsAssigned() {
        ByteBuffer sent = batch(3);
        ByteBuffer before = copy(sent);

        assertThat(validate(sent, DEFAULTS)).isEmpty();
        assertThat(sent).isEqualTo(before);
        assertThat(validate(sent, DEFAULTS)).isEmpty();

        ByteBuffer assigned = validator.assign(1000, 7);
        assertThat(assigned).isSameAs(sent);
        assertThat(validator.batch().baseOffset()).isEqualTo(1000);
        assertThat(validator.batch().lastOffset()).isEqualTo(1002);
        assertThat(validator.batch().leaderEpoch()).isEqualTo(7);
        assertThat(validator.batch().crcIsValid()).isTrue();
        assertThat(validator.maxTimestamp()).isEqualTo(NOW_MS + 2);
        assertThat(validator.appendTimeMs()).isEqualTo(-1);
    }

    @Test
    void aBatchMayLieAnywhereInItsBuffer() {
        ByteBuffer batch = batch(2);
        ByteBuffer frame = ByteBuffer.allocate(batch.remaining() + 30);
        frame.position(10).put(batch).limit(frame.position()).position(10);

        assertThat(validate(frame, DEFAULTS)).isEmpty();

        ByteBuffer assigned = validator.assign(5, 1);
        assertThat(assigned.position()).isEqualTo(10);
        assertThat(assigned.getLong(10)).isEqualTo(5);
    }

    @Test
    void logAppendTimeIsStampedWhenAssigned() {
        ByteBuffer sent = batch(2);

        assertThat(validate(sent, LOG_APPEND_TIME)).isEmpty();
        assertThat(validate(sent, LOG_APPEND_TIME)).isEmpty();

        validator.assign(0, 0);
        assertThat(validator.appendTimeMs()).isEqualTo(NOW_MS);
        assertThat(validator.maxTimestamp()).isEqualTo(NOW_MS);
        assertThat(validator.batch().hasLogAppendTime()).isTrue();
        assertThat(validator.batch().maxTimestamp()).isEqualTo(NOW_MS);
        assertThat(validator.batch().crcIsValid()).isTrue();
    }

    @Test
    void aWrongHighestTimestampIsCorrected() {
        ByteBuffer sent = batch(2);
        resealed(sent, header -> header.setMaxTimestamp(NOW_MS + 999));

        assertThat(validate(sent, DEFAULTS)).isEmpty();

        validator.assign(0, 0);
        assertThat(validator.batch().maxTimestamp()).isEqualTo(NOW_MS + 1);
        assertThat(validator.batch().crcIsValid()).isTrue();
    }

    @Test
    void aProducersClaimOfLogAppendTimeIsTakenBackUnderCreateTime() {
        ByteBuffer sent = batch(2);
        resealed(sent, header -> header.setAttributes(0x08));

        assertThat(validate(sent, DEFAULTS)).isEmpty();

        validator.assign(0, 0);
        assertThat(validator.batch().hasLogAppendTime()).isFalse();
        assertThat(validator.batch().crcIsValid()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void compressionIsKeptUnlessTheTopicHasItsOwn(CompressionCodec codec) {
        ByteBuffer sent = compressed(batch(50), codec);

        assertThat(validate(sent, DEFAULTS)).isEmpty();
        assertThat(validator.batch().compression()).isEqualTo(codec);
        assertThat(validator.assign(0, 0)).isSameAs(sent);

        for (CompressionCodec wanted : CompressionCodec.values()) {
            ByteBuffer again = compressed(batch(50), codec);
            assertThat(validate(again, compressionType(wanted))).isEmpty();
            validator.assign(10, 0);
            assertThat(validator.batch().compression()).isEqualTo(wanted);
            assertThat(validator.batch().crcIsValid()).isTrue();
            assertThat(timestamps(validator.batch())).hasSize(50).startsWith(NOW_MS, NOW_MS + 1);
        }
    }

    @Test
    void noObjectIsMadeForABatchThatIsStoredAsSent() {
        ByteBuffer sent = batch(20);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 2_000; i++) {
            acceptAndReset(sent);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 2_000; i++) {
            acceptAndReset(sent);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    private void acceptAndReset(ByteBuffer sent) {
        Check.that(validate(sent, DEFAULTS).isEmpty(), "accepted");
        validator.assign(77, 1);
        sent.putLong(RecordBatch.BASE_OFFSET_AT, 0);
    }

    // ---- what is refused

    @Test
    void nothingAtAllIsRefused() {
        assertRefused(ByteBuffer.allocate(0), ErrorCode.INVALID_RECORD);
    }

    @Test
    void halfABatchIsRefused() {
        ByteBuffer sent = batch(2);

        assertRefused(sent.slice(0, sent.limit() - 1), ErrorCode.INVALID_RECORD);
        assertRefused(sent.slice(0, 30), ErrorCode.INVALID_RECORD);
    }

    @Test
    void twoBatchesAreRefused() {
        ByteBuffer one = batch(1);
        ByteBuffer two =
                ByteBuffer.allocate(2 * one.limit()).put(one).put(batch(1)).flip();

        assertRefused(two, ErrorCode.INVALID_RECORD);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1})
    void oldFormatsAreRefused(byte magic) {
        assertRefused(batch(1).put(RecordBatch.MAGIC_AT, magic), ErrorCode.INVALID_RECORD);
    }

    @ParameterizedTest
    @ValueSource(bytes = {-1, 3})
    void formatsThatDoNotExistAreDamage(byte magic) {
        assertRefused(batch(1).put(RecordBatch.MAGIC_AT, magic), ErrorCode.CORRUPT_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 48, Integer.MAX_VALUE})
    void impossibleLengthsAreDamage(int length) {
        assertRefused(batch(1).putInt(RecordBatch.LENGTH_AT, length), ErrorCode.CORRUPT_MESSAGE);
    }

    @Test
    void aWrongChecksumIsDamage() {
        ByteBuffer sent = batch(1);
        sent.put(sent.limit() - 1, (byte) 9);

        assertRefused(sent, ErrorCode.CORRUPT_MESSAGE);
    }

    @Test
    void aBatchWithAnOffsetIsRefused() {
        assertRefused(batch(1).putLong(RecordBatch.BASE_OFFSET_AT, 1), ErrorCode.INVALID_RECORD);
    }

    @Test
    void aBatchLargerThanTheTopicTakesIsRefused() {
        ByteBuffer sent = batch(10);
        int bytes = sent.limit();

        assertThat(validate(sent, DEFAULTS.with(draft -> draft.maxMessageBytes = bytes)))
                .isEmpty();
        assertRefused(sent, DEFAULTS.with(draft -> draft.maxMessageBytes = bytes - 1), ErrorCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void whatTheBrokerItselfWritesMayBeLargerThanTheTopicTakes() {
        LogConfig small = DEFAULTS.with(draft -> draft.maxMessageBytes = 100);

        assertThat(validator.validate(batch(10), AppendOrigin.Coordinator.plain(), small, NOW_MS))
                .isEmpty();
        LogConfig compressing = compressionType(CompressionCodec.GZIP).with(draft -> draft.maxMessageBytes = 100);
        assertThat(validator.validate(batch(100), AppendOrigin.Coordinator.plain(), compressing, NOW_MS))
                .isEmpty();
    }

    @Test
    void aBatchLargerThanASegmentIsRefused() {
        ByteBuffer sent = batch(10);
        int bytes = sent.limit();

        assertThat(validate(sent, DEFAULTS.with(draft -> draft.segmentBytes = bytes)))
                .isEmpty();
        assertRefused(sent, DEFAULTS.with(draft -> draft.segmentBytes = bytes - 1), ErrorCode.RECORD_LIST_TOO_LARGE);
    }

    @Test
    void zstdIsRefusedWhereTheVersionDoesNotKnowIt() {
        ByteBuffer sent = compressed(batch(2), CompressionCodec.ZSTD);

        assertThat(validator.validate(sent, AppendOrigin.Client.of(7), DEFAULTS, NOW_MS))
                .isEmpty();
        assertThat(validator.validate(sent, AppendOrigin.Client.of(6), DEFAULTS, NOW_MS))
                .hasValueSatisfying(
                        rejected -> assertThat(rejected.error()).isEqualTo(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void compressionsThatDoNotExistAreRefused(int codec) {
        ByteBuffer sent = batch(1);
        resealed(sent, header -> header.setAttributes(codec));

        assertRefused(sent, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    }

    @Test
    void controlRecordsAreNotForClientsToWrite() {
        assertRefused(new BatchBuilder().control().append(NOW_MS, null, null).build(0, 0), ErrorCode.INVALID_RECORD);
    }

    @Test
    void aProducerWithoutSequenceIsRefused() {
        assertRefused(
                new BatchBuilder()
                        .producer(1, (short) 0, -1)
                        .append(NOW_MS, null, null)
                        .build(0, 0),
                ErrorCode.INVALID_RECORD);
    }

    @Test
    void aTransactionWithoutProducerIsRefused() {
        assertRefused(
                new BatchBuilder().transactional().append(NOW_MS, null, null).build(0, 0), ErrorCode.INVALID_RECORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 3, Integer.MAX_VALUE})
    void aCountThatIsNotThatOfTheRecordsIsRefused(int count) {
        ByteBuffer onlyCount = batch(2);
        resealed(onlyCount.putInt(RecordBatch.RECORD_COUNT_AT, count), header -> {});
        assertRefused(onlyCount, ErrorCode.INVALID_RECORD);

        ByteBuffer both = batch(2).putInt(RecordBatch.LAST_OFFSET_DELTA_AT, count - 1);
        resealed(both.putInt(RecordBatch.RECORD_COUNT_AT, count), header -> {});
        assertRefused(both, ErrorCode.INVALID_RECORD);
    }

    @Test
    void compressedNonsenseIsAnInvalidRecord() {
        for (CompressionCodec codec : CompressionCodec.values()) {
            if (codec != CompressionCodec.NONE) {
                ByteBuffer sent = batch(5);
                resealed(sent, header -> header.setAttributes(codec.id()));
                assertRefused(sent, ErrorCode.INVALID_RECORD);
            }
        }
    }

    // ---- single records

    @Test
    void timestampsOutOfRangeAreNamedRecordByRecord() {
        LogConfig config = DEFAULTS.with(draft -> {
            draft.timestampBeforeMaxMs = 1_000;
            draft.timestampAfterMaxMs = 2_000;
        });
        ByteBuffer sent = times(NOW_MS - 1_001, NOW_MS - 1_000, -1, NOW_MS + 2_000, NOW_MS + 2_001);

        Rejected rejected = validate(sent, config).orElseThrow();

        assertThat(rejected.error()).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
        assertThat(rejected.records()).extracting(RecordError::batchIndex).containsExactly(0, 4);
        assertThat(rejected.records().getFirst().message()).contains(Long.toString(NOW_MS - 1_001));
    }

    @Test
    void timestampsAreNotLookedAtWhereTheBrokerSetsThem() {
        assertThat(validate(times(0, Long.MAX_VALUE), LOG_APPEND_TIME)).isEmpty();
    }

    @Test
    void aProducerDoesNotSetLogAppendTime() {
        ByteBuffer sent = batch(2);
        resealed(sent, header -> header.setAttributes(0x08));

        Rejected rejected = validate(sent, LOG_APPEND_TIME).orElseThrow();

        assertThat(rejected.error()).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
        assertThat(rejected.records()).extracting(RecordError::batchIndex).containsExactly(0, 1);
    }

    @Test
    void aCompactedTopicWantsKeys() {
        LogConfig compacted = DEFAULTS.with(draft -> draft.compacts = true);
        ByteBuffer sent = new BatchBuilder()
                .append(NOW_MS, null, null)
                .append(NOW_MS, ByteBuffer.allocate(1), null)
                .append(NOW_MS, null, null)
                .build(0, 0);

        Rejected rejected = validate(sent, compacted).orElseThrow();

        assertThat(rejected.error()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(rejected.records()).extracting(RecordError::batchIndex).containsExactly(0, 2);
    }

    @Test
    void offsetDeltasCountFromZero() {
        ByteBuffer sent = batch(2);
        // Length, attributes and a timestamp delta of one byte each stand before the offset delta of the first record.
        resealed(sent.put(RecordBatch.HEADER_BYTES + 3, (byte) 2), header -> {});

        Rejected rejected = validate(sent, DEFAULTS).orElseThrow();

        assertThat(rejected.error()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(rejected.records()).extracting(RecordError::batchIndex).containsExactly(0);
    }

    @Test
    void notMoreRecordsAreNamedThanTheLimit() {
        long[] times = new long[Limits.RECORD_ERRORS + 5];

        Rejected rejected = validate(times(times), DEFAULTS.with(draft -> draft.timestampBeforeMaxMs = 1))
                .orElseThrow();

        assertThat(rejected.records()).hasSize(Limits.RECORD_ERRORS);
        assertThat(rejected.message()).contains(Integer.toString(times.length));
    }

    @Test
    void whatOneBatchDidWrongIsForgottenAtTheNext() {
        LogConfig config = DEFAULTS.with(draft -> draft.timestampBeforeMaxMs = 1);
        assertThat(validate(times(0), config)).isPresent();

        assertThat(validate(batch(1), config)).isEmpty();
    }

    // ---- limits

    @Test
    void aRecordThatUnfoldsBeyondTheTopicsLimitIsRefused() {
        ByteBuffer plain = new BatchBuilder()
                .append(NOW_MS, null, ByteBuffer.allocate(10_000))
                .build(0, 0);
        LogConfig config = DEFAULTS.with(draft -> draft.maxDecompressedMessageBytes = 1_000);

        assertThat(validate(copy(plain), config)).isEmpty();
        for (CompressionCodec codec : CompressionCodec.values()) {
            if (codec != CompressionCodec.NONE) {
                assertRefused(compressed(copy(plain), codec), config, ErrorCode.INVALID_RECORD);
            }
        }
    }

    @Test
    void aBatchThatUnfoldsBeyondTheLimitIsRefused() {
        ByteBuffer bomb = bomb(300);
        assertThat(bomb.limit()).isLessThan(100_000);

        assertRefused(bomb, ErrorCode.INVALID_RECORD);
    }

    @Test
    void aBatchThatGrowsBeyondTheTopicsLimitWhenRecompressedIsRefused() {
        ByteBuffer bomb = bomb(100);

        assertRefused(bomb, compressionType(CompressionCodec.NONE), ErrorCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void nothingIsAssignedToARejectedBatch() {
        assertRefused(batch(1).putLong(RecordBatch.BASE_OFFSET_AT, 1), ErrorCode.INVALID_RECORD);

        assertThatThrownBy(() -> validator.assign(0, 0)).isInstanceOf(Check.BrokenInvariant.class);
    }

    // ---- what the tests are made of

    private Optional<Rejected> validate(ByteBuffer sent, LogConfig config) {
        return validator.validate(sent, ORIGIN, config, NOW_MS);
    }

    private void assertRefused(ByteBuffer sent, ErrorCode error) {
        assertRefused(sent, DEFAULTS, error);
    }

    private void assertRefused(ByteBuffer sent, LogConfig config, ErrorCode error) {
        assertThat(validate(sent, config)).hasValueSatisfying(rejected -> {
            assertThat(rejected.error()).as(rejected.message()).isEqualTo(error);
            assertThat(rejected.message()).isNotBlank();
        });
    }

    private static LogConfig compressionType(CompressionCodec codec) {
        return DEFAULTS.with(draft -> {
            draft.compression = codec;
            draft.compressionLevel = codec.defaultLevel();
        });
    }

    /** Records of one millisecond after the other. */
    private static ByteBuffer batch(int count) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = NOW_MS + i;
        }
        return times(times);
    }

    private static ByteBuffer times(long... timestamps) {
        BatchBuilder builder = new BatchBuilder();
        for (long timestamp : timestamps) {
            builder.append(timestamp, ByteBuffer.allocate(3), ByteBuffer.allocate(20));
        }
        return builder.build(0, RecordBatch.NO_LEADER_EPOCH);
    }

    /** Many megabytes of zeros, which zstd folds to a few kilobytes. */
    private static ByteBuffer bomb(int megabytes) {
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(1 << 16), Compression.zstd().build(), TimestampType.CREATE_TIME, 0);
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < megabytes; i++) {
            builder.append(NOW_MS, null, zeros);
        }
        return builder.build().buffer();
    }

    private static ByteBuffer compressed(ByteBuffer plain, CompressionCodec codec) {
        RecordBatch batch = new RecordBatch();
        batch.wrap(plain, 0);
        return new Recompressor()
                .recompress(batch, codec, codec.defaultLevel(), Integer.MAX_VALUE)
                .orElseThrow();
    }

    private static List<Long> timestamps(RecordBatch batch) {
        List<Long> timestamps = new ArrayList<>();
        try (RecordCursor cursor = new RecordCursor()) {
            cursor.open(batch);
            while (cursor.next()) {
                timestamps.add(cursor.timestamp());
            }
        }
        return timestamps;
    }

    /** Changes the header and makes the checksum right, as of a sender who means what he sends. */
    private static void resealed(ByteBuffer bytes, Consumer<RecordBatch> change) {
        RecordBatch header = new RecordBatch();
        header.wrap(bytes, 0);
        change.accept(header);
        header.updateCrc();
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
