package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.LeaderEpochs.Entry;
import io.headrace.log.LeaderEpochs.EpochEnd;
import io.headrace.testing.FileDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.epoch.LeaderEpochFileCache;
import org.apache.kafka.storage.internals.log.EpochEntry;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same random history gives the same epochs as in Kafka, the same answers and a file that either can read. */
final class LeaderEpochsAgainstKafkaTest {

    private static final int STEPS = 40;
    private static final int EPOCHS = 12;
    private static final int OFFSETS = 60;

    @TempDir
    private Path directory;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void historiesAgree(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        Path file = directory.resolve(LeaderEpochs.FILE_NAME);
        LeaderEpochFileCache kafka = kafka(file);
        LeaderEpochs ours = new LeaderEpochs();
        for (int step = 0; step < STEPS; step++) {
            int epoch = random.nextInt(EPOCHS);
            long offset = random.nextInt(OFFSETS);
            switch (random.nextInt(5)) {
                case 0 -> {
                    kafka.truncateFromStartAsyncFlush(offset);
                    ours.truncateFromStart(offset);
                }
                case 1 -> {
                    kafka.truncateFromEndAsyncFlush(offset);
                    ours.truncateFromEnd(offset);
                }
                default -> {
                    kafka.assign(epoch, offset);
                    ours.assign(epoch, offset);
                }
            }
            assertThat(ours.entries()).as("step %d", step).isEqualTo(entries(kafka.epochEntries()));
            assertSameAnswers(ours, kafka);
        }
        assertThat(LeaderEpochs.read(new FileDisk(), rewritten(kafka, file)).entries())
                .isEqualTo(ours.entries());
        LeaderEpochs.write(new FileDisk(), file, ours.entries());
        assertThat(entries(kafka(file).epochEntries())).isEqualTo(ours.entries());
    }

    private static void assertSameAnswers(LeaderEpochs ours, LeaderEpochFileCache kafka) {
        assertThat(ours.latestEpoch()).isEqualTo(kafka.latestEpoch().orElse(-1));
        for (int epoch = -1; epoch <= EPOCHS; epoch++) {
            Map.Entry<Integer, Long> end = kafka.endOffsetFor(epoch, OFFSETS);
            assertThat(ours.endOffsetFor(epoch, OFFSETS)).isEqualTo(new EpochEnd(end.getKey(), end.getValue()));
        }
        for (long offset = 0; offset <= OFFSETS; offset++) {
            assertThat(ours.epochOf(offset))
                    .isEqualTo(kafka.epochForOffset(offset).orElse(-1));
        }
    }

    private static LeaderEpochFileCache kafka(Path file) throws IOException {
        return new LeaderEpochFileCache(new TopicPartition("topic", 0), checkpoint(file), new KafkaLog.NoScheduler());
    }

    private static LeaderEpochCheckpointFile checkpoint(Path file) throws IOException {
        return new LeaderEpochCheckpointFile(file.toFile(), new LogDirFailureChannel(1));
    }

    /** Kafka leaves the writing after a truncation to its scheduler. */
    private static Path rewritten(LeaderEpochFileCache kafka, Path file) throws IOException {
        checkpoint(file).write(kafka.epochEntries());
        return file;
    }

    private static List<Entry> entries(List<EpochEntry> kafka) {
        return kafka.stream()
                .map(entry -> new Entry(entry.epoch(), entry.startOffset()))
                .toList();
    }
}
