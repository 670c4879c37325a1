package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.CompressionCodec;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Validation and producer states together, against Kafka's own log: the same random batches, honest and not, get the same
 * answers and leave the same records.
 */
final class AppendAgainstKafkaTest {

    private static final int APPENDS = 60;
    private static final long START_MS = 1_700_000_000_000L;

    @TempDir
    private Path directory;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersAndRecordsAreThoseOfKafka(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        LogConfig config = config(random);
        SentBatches batches = new SentBatches(random, START_MS);
        AppendingLog ours = new AppendingLog(config);
        try (KafkaLog kafka = new KafkaLog(directory, kafkaConfig(config), config.producerIdExpirationMs(), START_MS)) {
            long now = START_MS;
            for (int i = 0; i < APPENDS; i++) {
                now += random.nextInt(1_000);
                ByteBuffer sent = batches.next();
                int version = random.nextInt(10) == 0 ? 3 + random.nextInt(4) : 7 + random.nextInt(6);
                int leaderEpoch = i / 20;
                KafkaLog.Answer expected = kafka.append(copy(sent), version, leaderEpoch, now);
                AppendResult answer = ours.append(copy(sent), version, leaderEpoch, now);
                if (!batches.damaged()) {
                    assertThat(KafkaLog.Answer.of(answer))
                            .as("append %d: %s", i, answer)
                            .isEqualTo(expected);
                } else if (isStricter(answer, expected)) {
                    return;
                } else if (isBadlyFramed(sent)) {
                    assertThat(answer).isInstanceOf(AppendResult.Rejected.class);
                    assertThat(expected.error()).isNotEqualTo(ErrorCode.NONE);
                } else {
                    assertThat(KafkaLog.Answer.of(answer).withoutRecords())
                            .as("append %d: %s", i, answer)
                            .isEqualTo(expected.withoutRecords());
                }
                batches.answered(answer);
            }
            kafka.log().flush(true);
            assertThat(ours.content()).satisfies(content -> assertSameRecords(content, kafka));
        }
    }

    /**
     * Whether we refuse for its content what Kafka stores, or refuses for another reason: the differences that
     * {@link AppendValidator} names. After the first of them the logs are not alike any more.
     */
    private static boolean isStricter(AppendResult ours, KafkaLog.Answer kafka) {
        return ours instanceof AppendResult.Rejected rejected
                && rejected.error() != kafka.error()
                && (rejected.error() == ErrorCode.INVALID_RECORD
                        || rejected.error() == ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    }

    /** What is wrong with such bytes depends on what one takes to be the next batch. */
    private static boolean isBadlyFramed(ByteBuffer sent) {
        return sent.remaining() < io.headrace.wire.RecordBatch.HEADER_BYTES
                || sent.getInt(io.headrace.wire.RecordBatch.LENGTH_AT)
                        != sent.remaining() - io.headrace.wire.RecordBatch.LENGTH_OVERHEAD;
    }

    private static void assertSameRecords(MemoryRecords ours, KafkaLog kafka) throws IOException {
        try (FileRecords theirs =
                FileRecords.open(kafka.log().logSegments().getFirst().log().file())) {
            assertThat(ours.batches()).zipSatisfy(theirs.batches(), AppendAgainstKafkaTest::assertSameBatch);
        }
    }

    private static void assertSameBatch(RecordBatch ours, RecordBatch theirs) {
        assertThat(ours.isValid()).isTrue();
        assertThat(ours.baseOffset()).isEqualTo(theirs.baseOffset());
        assertThat(ours.lastOffset()).isEqualTo(theirs.lastOffset());
        assertThat(ours.partitionLeaderEpoch()).isEqualTo(theirs.partitionLeaderEpoch());
        assertThat(ours.compressionType()).isEqualTo(theirs.compressionType());
        assertThat(ours.timestampType()).isEqualTo(theirs.timestampType());
        assertThat(ours.maxTimestamp()).isEqualTo(theirs.maxTimestamp());
        assertThat(ours.producerId()).isEqualTo(theirs.producerId());
        assertThat(ours.producerEpoch()).isEqualTo(theirs.producerEpoch());
        assertThat(ours.baseSequence()).isEqualTo(theirs.baseSequence());
        assertThat(ours.isTransactional()).isEqualTo(theirs.isTransactional());
        assertThat(ours).zipSatisfy(theirs, AppendAgainstKafkaTest::assertSameRecord);
    }

    private static void assertSameRecord(Record ours, Record theirs) {
        assertThat(ours.offset()).isEqualTo(theirs.offset());
        assertThat(ours.timestamp()).isEqualTo(theirs.timestamp());
        assertThat(ours.key()).isEqualTo(theirs.key());
        assertThat(ours.value()).isEqualTo(theirs.value());
        assertThat(ours.headers()).isEqualTo(theirs.headers());
    }

    private static LogConfig config(RandomGenerator random) {
        return LogConfig.defaults().with(draft -> {
            draft.compacts = random.nextInt(4) == 0;
            draft.compression = random.nextBoolean() ? null : CompressionCodec.forId(random.nextInt(5));
            draft.compressionLevel = draft.compression == null ? 0 : draft.compression.defaultLevel();
            draft.logAppendTime = random.nextInt(3) == 0;
            draft.timestampBeforeMaxMs = random.nextBoolean() ? Long.MAX_VALUE : 3_600_000;
            draft.maxMessageBytes = random.nextInt(3) == 0 ? 250 : draft.maxMessageBytes;
            draft.maxDecompressedMessageBytes = random.nextInt(3) == 0 ? 60 : draft.maxDecompressedMessageBytes;
            draft.producerIdExpirationMs = 86_400_000;
        });
    }

    private static Map<String, String> kafkaConfig(LogConfig config) {
        Map<String, String> kafka = new HashMap<>();
        kafka.put(TopicConfig.CLEANUP_POLICY_CONFIG, config.compacts() ? "compact,delete" : "delete");
        kafka.put(TopicConfig.COMPRESSION_TYPE_CONFIG, config.compression() == null ? "producer" : kafkaName(config));
        kafka.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, config.logAppendTime() ? "LogAppendTime" : "CreateTime");
        kafka.put(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, "" + config.timestampBeforeMaxMs());
        kafka.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, "" + config.timestampAfterMaxMs());
        kafka.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + config.maxMessageBytes());
        kafka.put(TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG, "" + config.maxDecompressedMessageBytes());
        kafka.put(TopicConfig.SEGMENT_INDEX_BYTES_CONFIG, "65536");
        return kafka;
    }

    private static String kafkaName(LogConfig config) {
        return switch (config.compression()) {
            case NONE -> "uncompressed";
            case GZIP -> "gzip";
            case SNAPPY -> "snappy";
            case LZ4 -> "lz4";
            case ZSTD -> "zstd";
        };
    }

    /** Both append in place. */
    private static ByteBuffer copy(ByteBuffer sent) {
        return ByteBuffer.allocate(sent.remaining()).put(sent.duplicate()).flip();
    }
}
