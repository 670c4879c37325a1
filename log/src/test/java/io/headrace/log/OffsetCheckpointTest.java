package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.log.OffsetCheckpoint.Entry;
import io.headrace.testing.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.storage.internals.checkpoint.OffsetCheckpointFile;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OffsetCheckpointTest {

    private static final List<Entry> ENTRIES =
            List.of(new Entry("flights", 0, 0), new Entry("flights", 11, 987_654_321_012L), new Entry("a.b_c-d", 1, 7));

    private final FileDisk disk = new FileDisk();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve(OffsetCheckpoint.RECOVERY_POINTS);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        OffsetCheckpoint.write(disk, file, List.of(new Entry("other", 1, 1)));
        OffsetCheckpoint.write(disk, file, ENTRIES);

        assertThat(OffsetCheckpoint.read(disk, file)).isEqualTo(ENTRIES);
        assertThat(Files.readString(file)).isEqualTo("0\n3\nflights 0 0\nflights 11 987654321012\na.b_c-d 1 7\n");
    }

    @Test
    void whatAnInterruptedWriteLeftIsInNobodysWay() throws IOException {
        Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), "0\n");

        OffsetCheckpoint.write(disk, file, ENTRIES);

        assertThat(OffsetCheckpoint.read(disk, file)).isEqualTo(ENTRIES);
    }

    @Test
    void kafkaReadsOurFileAndWeReadKafkas() throws IOException {
        OffsetCheckpoint.write(disk, file, ENTRIES);
        OffsetCheckpointFile kafka = new OffsetCheckpointFile(file.toFile(), new LogDirFailureChannel(1));

        Map<TopicPartition, Long> offsets = kafka.read();
        assertThat(offsets)
                .containsOnly(
                        Map.entry(new TopicPartition("flights", 0), 0L),
                        Map.entry(new TopicPartition("flights", 11), 987_654_321_012L),
                        Map.entry(new TopicPartition("a.b_c-d", 1), 7L));

        kafka.write(offsets);
        assertThat(OffsetCheckpoint.read(disk, file)).containsExactlyInAnyOrderElementsOf(ENTRIES);
    }

    @Test
    void aMissingFileHoldsNoOffsets() throws IOException {
        assertThat(OffsetCheckpoint.read(disk, file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\n0\n",
                "nonsense",
                "0\n2\nflights 0 0\n",
                "0\n1\nflights 0 0\nflights 1 0\n",
                "0\n1\nflights 0\n",
                "0\n1\nflights 0 0 0\n",
                "0\n1\nflights zero 0\n",
                "0\n1\nflights 0 99999999999999999999\n",
                "0\n1\nflights 0 -1\n"
            })
    void nonsenseIsRefusedAndTheFileNamed(String content) throws IOException {
        Files.writeString(file, content);

        assertThatThrownBy(() -> OffsetCheckpoint.read(disk, file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }
}
