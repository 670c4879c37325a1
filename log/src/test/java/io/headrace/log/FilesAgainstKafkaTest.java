package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.KafkaLog.Answer;
import io.headrace.testing.FileDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.OffsetIndex;
import org.apache.kafka.storage.internals.log.OffsetPosition;
import org.apache.kafka.storage.internals.log.TimeIndex;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same batches leave the same files as in Kafka, byte for byte, and either goes on with what the other left. */
final class FilesAgainstKafkaTest {

    private static final int BATCHES = 150;
    private static final int PRODUCERS = 3;
    private static final long START_MS = 1_700_000_000_000L;

    @TempDir
    private Path directory;

    private final int[] sequences = new int[PRODUCERS];
    private LogDriver ours;
    private KafkaLog kafka;
    private LogConfig config;
    private Map<String, String> kafkaConfig;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 6));
    }

    private void configure(RandomGenerator random) {
        int segmentBytes = 2_000 + random.nextInt(8_000);
        int interval = random.nextInt(1_500);
        int indexBytes = random.nextInt(4) == 0 ? 100 : 10 << 20;
        long segmentMs = random.nextInt(3) == 0 ? 8_000 : 604_800_000;
        config = LogConfig.defaults().with(change -> {
            change.segmentBytes = segmentBytes;
            change.indexIntervalBytes = interval;
            change.segmentIndexBytes = indexBytes;
            change.segmentMs = segmentMs;
        });
        kafkaConfig = new HashMap<>();
        kafkaConfig.put("internal.segment.bytes", Integer.toString(segmentBytes));
        kafkaConfig.put("index.interval.bytes", Integer.toString(interval));
        kafkaConfig.put("segment.index.bytes", Integer.toString(indexBytes));
        kafkaConfig.put("segment.ms", Long.toString(segmentMs));
    }

    private Path ourDirectory() {
        return directory.resolve("ours");
    }

    private Path kafkaDirectory() {
        return directory.resolve("kafka");
    }

    private void create() throws IOException {
        Files.createDirectories(ourDirectory());
        ours = new LogDriver(new FileDisk(), ourDirectory());
        ours.time.setWall(START_MS);
        ours.log = PartitionLog.create(ours.disk, ours.directory, LogDriver.ID, config, ours.time);
        kafka = openKafka(kafkaDirectory(), true, 0);
    }

    private KafkaLog openKafka(Path parent, boolean clean, long recoveryPoint) throws IOException {
        return new KafkaLog(parent, kafkaConfig, config.producerIdExpirationMs(), clean, recoveryPoint, START_MS);
    }

    private void appendToBoth(RandomGenerator random, int count, int epoch) throws IOException {
        for (int i = 0; i < count; i++) {
            ours.time.pass(random.nextInt(100));
            ByteBuffer batch = anyBatch(random);
            Answer expected = kafka.append(copy(batch), LogDriver.PRODUCE_VERSION, epoch, ours.time.wallMs());
            AppendResult result = ours.offer(copy(batch), epoch);
            if (result instanceof AppendResult.SegmentFull) {
                ours.roll();
                result = ours.offer(copy(batch), epoch);
            }
            assertThat(Answer.of(result)).isEqualTo(expected);
        }
    }

    private ByteBuffer anyBatch(RandomGenerator random) {
        int records = 1 + random.nextInt(4);
        int bytes = random.nextInt(300);
        long timestamp = ours.time.wallMs() - random.nextInt(random.nextBoolean() ? 200 : 10_000);
        int producer = random.nextInt(2 * PRODUCERS);
        if (producer >= PRODUCERS) {
            return ours.batch(records, bytes, timestamp);
        }
        int sequence = sequences[producer];
        sequences[producer] = sequence + records;
        return ours.batch(records, bytes, timestamp, 1_000 + producer, sequence);
    }

    private static ByteBuffer copy(ByteBuffer batch) {
        return ByteBuffer.allocate(batch.remaining()).put(batch.duplicate()).flip();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theFilesAreKafkasByteForByte(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        configure(random);
        create();

        appendToBoth(random, BATCHES, 0);
        appendToBoth(random, BATCHES / 3, 2);
        ours.close();
        kafka.close();

        assertSameFiles();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterARestartTheLogIsKafkasToo(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        configure(random);
        create();
        appendToBoth(random, 1 + random.nextInt(60), 0);
        LoadPoint point = closeBoth();

        ours.load(config, point);
        kafka = openKafka(kafkaDirectory(), true, point.recoveryPoint());
        appendToBoth(random, 1 + random.nextInt(60), 1);
        closeBoth();

        assertSameButForIndexes(ourDirectory(), kafkaDirectory());
        assertIndexesAreRight(ourDirectory());
    }

    private LoadPoint closeBoth() throws IOException {
        ours.close();
        kafka.close();
        return ours.cleanPoint();
    }

    /** The directory is handed to and fro between the two, which append in turn; both always know the same. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eitherGoesOnWithWhatTheOtherLeft(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        configure(random);
        create();
        appendToBoth(random, 60, 0);
        LoadPoint point = closeBoth();

        LogDriver overKafkas = new LogDriver(new FileDisk(), kafkaDirectory());
        overKafkas.time.setWall(ours.time.wallMs());
        overKafkas.load(config, point);
        assertThat(overKafkas.log.loadReport()).matches(LoadReport::isEmpty, "is empty");
        try (KafkaLog overOurs = openKafka(ourDirectory(), true, point.recoveryPoint())) {
            ours = overKafkas;
            kafka = overOurs;
            appendToBoth(random, 60, 1);
            assertSameAnswers(random);
            ours.close();
        }

        assertSameButForIndexes(ourDirectory(), kafkaDirectory());
        assertIndexesAreRight(ourDirectory());
        assertIndexesAreRight(kafkaDirectory());
    }

    /** Killed without a word, then recovered by the other. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void kafkaRecoversWhatWeLeftWhenWeWereKilled(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        configure(random);
        create();
        appendToBoth(random, 60, 0);
        ours.checkpoint();
        appendToBoth(random, 40, 1);
        ours.log.abandon();
        cutTail(random);
        long end;
        try (KafkaLog recovered = openKafka(ourDirectory(), false, ours.log.recoveryPoint())) {
            end = recovered.log().logEndOffset();
        }
        assertIndexesAreRight(ourDirectory());

        ours.load(config, new LoadPoint(end, 0, true));
        assertThat(ours.log.logEndOffset()).isEqualTo(end);
    }

    /** Its index files are 10 MB of zeros behind the last entry. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void weRecoverWhatKafkaLeftWhenItWasKilled(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        configure(random);
        create();
        appendToBoth(random, 60, 0);
        kafka.log().flush(false);
        long recoveryPoint = kafka.log().recoveryPoint();
        appendToBoth(random, 40, 1);
        Path twin = directory.resolve("twin");
        copyTree(kafkaDirectory().resolve("topic-0"), twin.resolve("topic-0"));
        long end = ours.log.logEndOffset();
        closeBoth();

        LogDriver recovered = new LogDriver(new FileDisk(), twin);
        recovered.time.setWall(ours.time.wallMs());
        recovered.load(config, new LoadPoint(recoveryPoint, 0, false));
        assertThat(recovered.log.logEndOffset()).isEqualTo(end);
        assertThat(recovered.log.loadReport().bytesTruncated()).isZero();
        recovered.close();

        assertSameButForIndexes(twin, ourDirectory());
        assertIndexesAreRight(twin);
    }

    /** What we recovered is as if nothing had happened. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWeRecoverIsWhatKafkaRecovers(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        configure(random);
        create();
        appendToBoth(random, 60, 0);
        ours.checkpoint();
        appendToBoth(random, 40, 1);
        ours.log.abandon();
        cutTail(random);
        Path twin = directory.resolve("twin");
        copyTree(ours.directory, twin.resolve("topic-0"));

        ours.load(config, ours.uncleanPoint());
        ours.close();
        long end = ours.log.logEndOffset();
        try (KafkaLog recovered = openKafka(twin, false, ours.log.logStartOffset())) {
            assertThat(recovered.log().logEndOffset()).isEqualTo(end);
        }

        assertIndexesAreRight(ourDirectory());
        for (Map.Entry<String, String> file : contentOf(twin).entrySet()) {
            if (file.getKey().endsWith(FileNames.LOG)) {
                assertThat(contentOf(ourDirectory()).get(file.getKey()))
                        .as(file.getKey())
                        .isEqualTo(file.getValue());
            }
        }
    }

    private void cutTail(RandomGenerator random) throws IOException {
        Path last = null;
        try (Stream<Path> files = Files.list(ours.directory)) {
            last = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()
                    .getLast();
        }
        int torn = random.nextInt(1 + (int) Math.min(300, Files.size(last)));
        if (FileNames.offsetOf(last.getFileName().toString(), FileNames.LOG) >= ours.log.recoveryPoint()) {
            Files.write(last, Arrays.copyOf(Files.readAllBytes(last), (int) Files.size(last) - torn));
        }
    }

    // ---- comparisons

    private void assertSameAnswers(RandomGenerator random) throws IOException {
        UnifiedLog log = kafka.log();
        assertThat(ours.log.logEndOffset()).isEqualTo(log.logEndOffset());
        assertThat(ours.log.leaderEpochs().latestEpoch())
                .isEqualTo(log.latestEpoch().orElse(-1));
        log.updateHighWatermark(log.logEndOffset());
        ours.flush();
        for (int i = 0; i < 20; i++) {
            long timestamp = START_MS - 12_000 + random.nextInt(24_000);
            TimestampOffset found =
                    ours.log.timestampLookup(timestamp, ours.log.logEndOffset()).run();
            Optional<FileRecords.TimestampAndOffset> expected =
                    log.fetchOffsetByTimestamp(timestamp, Optional.empty()).timestampAndOffsetOpt();
            assertThat(found.offset()).isEqualTo(expected.map(e -> e.offset).orElse(-1L));
            assertThat(found.timestampMs())
                    .isEqualTo(expected.map(e -> e.timestamp).orElse(-1L));
            assertThat(found.leaderEpoch())
                    .isEqualTo(expected.map(e -> e.leaderEpoch.orElse(-1)).orElse(-1));
        }
        TimestampOffset latest =
                ours.log.maxTimestampLookup(ours.log.logEndOffset()).run();
        assertThat(latest.offset())
                .isEqualTo(log.fetchOffsetByTimestamp(-3, Optional.empty())
                        .timestampAndOffsetOpt()
                        .map(e -> e.offset)
                        .orElse(-1L));
    }

    private void assertSameFiles() throws IOException {
        Map<String, String> mine = contentOf(ourDirectory());
        Map<String, String> kafkas = contentOf(kafkaDirectory());
        assertThat(mine.keySet()).isEqualTo(kafkas.keySet());
        for (String name : kafkas.keySet()) {
            assertThat(mine.get(name)).as(name).isEqualTo(kafkas.get(name));
        }
    }

    /**
     * When a log has been opened again Kafka counts the bytes to the next index entry anew, and leaves the snapshot of the
     * last stop where it is.
     */
    private static void assertSameButForIndexes(Path mine, Path kafkas) throws IOException {
        assertThat(withoutIndexes(mine)).isEqualTo(withoutIndexes(kafkas));
    }

    private static Map<String, String> withoutIndexes(Path parent) throws IOException {
        Map<String, String> content = contentOf(parent);
        String newest = "";
        for (String name : content.keySet()) {
            newest = name.endsWith(FileNames.PRODUCER_SNAPSHOT) ? name : newest;
        }
        for (String name : List.copyOf(content.keySet())) {
            long snapshot = FileNames.offsetOf(name, FileNames.PRODUCER_SNAPSHOT);
            boolean passing = snapshot >= 0
                    && !name.equals(newest)
                    && !content.containsKey(FileNames.name(snapshot, FileNames.LOG));
            if (passing || name.endsWith(FileNames.OFFSET_INDEX) || name.endsWith(FileNames.TIME_INDEX)) {
                content.remove(name);
            }
        }
        return content;
    }

    private static Map<String, String> contentOf(Path parent) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(parent.resolve("topic-0"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                byte[] bytes = Files.readAllBytes(file);
                content.put(name, name.endsWith(FileNames.PRODUCER_SNAPSHOT) ? kafkasPart(bytes) : text(name, bytes));
            }
        }
        return content;
    }

    /** Behind it our snapshots hold more, and so their checksum differs. */
    private static String kafkasPart(byte[] snapshot) {
        int count = ByteBuffer.wrap(snapshot).getInt(6);
        return HexFormat.of().formatHex(snapshot, 6, 10 + count * ProducerEntry.SNAPSHOT_BYTES);
    }

    private static String text(String name, byte[] bytes) {
        return name.contains(".") && !name.endsWith("metadata")
                ? HexFormat.of().formatHex(bytes)
                : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** What Kafka's dump tool checks: each entry leads to the batch that it names. */
    private void assertIndexesAreRight(Path parent) throws IOException {
        try (KafkaLog read = openKafka(parent, true, 0)) {
            for (LogSegment segment : read.log().logSegments()) {
                OffsetIndex offsets = segment.offsetIndex();
                offsets.sanityCheck();
                for (int i = 0; i < offsets.entries(); i++) {
                    OffsetPosition entry = offsets.entry(i);
                    assertThat(batchAt(segment, entry.position()).lastOffset()).isEqualTo(entry.offset());
                }
                TimeIndex times = segment.timeIndex();
                times.sanityCheck();
                for (int i = 0; i < times.entries(); i++) {
                    long offset = times.entry(i).offset();
                    assertThat(batchHolding(segment, offset).maxTimestamp())
                            .isEqualTo(times.entry(i).timestamp());
                }
            }
        }
    }

    private static RecordBatch batchAt(LogSegment segment, int position) {
        return segment.log().batchesFrom(position).iterator().next();
    }

    private static RecordBatch batchHolding(LogSegment segment, long offset) {
        for (RecordBatch batch : segment.log().batches()) {
            if (batch.lastOffset() >= offset) {
                return batch;
            }
        }
        throw new AssertionError("no batch holds " + offset);
    }
}
