package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testing.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.storage.internals.log.Cleaner;
import org.apache.kafka.storage.internals.log.LogToClean;
import org.apache.kafka.storage.internals.log.SkimpyOffsetMap;
import org.apache.kafka.storage.internals.utils.Throttler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random logs compacted by Kafka's own cleaner and by ours, again and again with time passing: the same segments, batches and
 * records are left. {@code -Dheadrace.seeds=N} tries more of them.
 */
class CompactionAgainstKafkaTest {

    private static final int ROUNDS = 5;
    private static final int BATCHES = 80;
    private static final int SEGMENT_BYTES = 2_000;
    private static final long DELETE_RETENTION_MS = 5_000;
    private static final int PRODUCER_EXPIRATION_MS = 20_000;

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void kafkaLeavesTheSame(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        KeyedBatches batches = new KeyedBatches(random, 2 + random.nextInt(20));
        LogConfig config = LogConfig.defaults().with(change -> {
            change.compacts = true;
            change.deletes = false;
            change.segmentBytes = SEGMENT_BYTES;
            change.indexIntervalBytes = 200;
            change.deleteRetentionMs = DELETE_RETENTION_MS;
            change.producerIdExpirationMs = PRODUCER_EXPIRATION_MS;
        });
        LogDriver ours = new LogDriver(new FileDisk(), directory.resolve("ours"));
        ours.log = PartitionLog.create(ours.disk, ours.directory, LogDriver.ID, config, ours.time);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < BATCHES; i++) {
                ours.follow(batches.next(ours.log.logEndOffset(), ours.time.wallMs()));
                ours.time.pass(random.nextInt(20));
            }
            ours.time.pass(random.nextLong(2 * DELETE_RETENTION_MS));
            long cleanedUpTo = Math.max(0, ours.log.cleanedUpTo());
            long stable = Math.min(batches.firstOpen(), ours.log.logEndOffset());
            ours.close();
            List<String> kafkas = cleanedByKafka(round, cleanedUpTo, stable, ours.time.wallMs());

            ours.load(config, ours.cleanPoint().cleaned(cleanedUpTo));
            ours.log.producers().expire(ours.time.wallMs());
            Compaction.run(ours.log, stable, Compaction.AMPLE);
            ours.close();

            assertSame(kafkas, content(ours.directory), "round " + round);
            ours.load(config, ours.cleanPoint().cleaned(ours.log.cleanedUpTo()));
        }
        ours.close();
    }

    private List<String> cleanedByKafka(int round, long firstDirty, long stable, long wallMs) throws Exception {
        Path copy = directory.resolve("kafka-" + round);
        copy(directory.resolve("ours").resolve("topic-0"), copy.resolve("topic-0"));
        Map<String, String> config = new TreeMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
        config.put(TopicConfig.SEGMENT_BYTES_CONFIG, "1048576");
        config.put("internal.segment.bytes", Integer.toString(SEGMENT_BYTES));
        config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(DELETE_RETENTION_MS));
        try (KafkaLog kafka = new KafkaLog(copy, config, PRODUCER_EXPIRATION_MS, wallMs)) {
            Cleaner cleaner = new Cleaner(
                    0,
                    new SkimpyOffsetMap(1 << 20),
                    1 << 16,
                    1 << 20,
                    0.9,
                    new Throttler(Double.MAX_VALUE, Long.MAX_VALUE, "", "", Time.SYSTEM),
                    Time.SYSTEM,
                    _ -> {});
            LogToClean toClean = new LogToClean(kafka.log(), firstDirty, Math.max(firstDirty, stable), false);
            kafka.log().updateHighWatermark(kafka.log().logEndOffset());
            if (toClean.cleanableBytes() > 0) {
                cleaner.doClean(toClean, wallMs);
            }
        }
        return content(copy.resolve("topic-0"));
    }

    /** Tells the first line that differs, since all of them are many. */
    private static void assertSame(List<String> kafkas, List<String> ours, String when) {
        for (int i = 0; i < Math.min(kafkas.size(), ours.size()); i++) {
            assertThat(ours.get(i)).as("%s, line %d", when, i).isEqualTo(kafkas.get(i));
        }
        assertThat(ours).as(when).hasSameSizeAs(kafkas);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Segments, batches, records and aborted transactions, each in one line. */
    private static List<String> content(Path log) throws IOException {
        List<String> lines = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(log)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(".log")) {
                lines.add(name);
                addBatches(file, lines);
            } else if (name.endsWith(".txnindex") && Files.size(file) > 0) {
                lines.add(name + " " + HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return lines;
    }

    private static void addBatches(Path file, List<String> lines) throws IOException {
        try (FileRecords records = FileRecords.open(file.toFile())) {
            for (FileChannelRecordBatch batch : records.batches()) {
                batch.ensureValid();
                lines.add("  " + batch + " " + batch.compressionType() + " " + batch.timestampType() + " max "
                        + batch.maxTimestamp() + " producer " + batch.producerId() + "/" + batch.producerEpoch() + "/"
                        + batch.baseSequence() + " horizon " + batch.deleteHorizonMs() + " control "
                        + batch.isControlBatch() + " transactional " + batch.isTransactional());
                for (Record record : batch) {
                    lines.add("    " + record.offset() + " at " + record.timestamp() + " "
                            + (record.hasKey() ? Utils.utf8(record.key()) : null) + " = "
                            + (record.hasValue() ? Utils.utf8(record.value()) : null));
                }
            }
        }
    }
}
