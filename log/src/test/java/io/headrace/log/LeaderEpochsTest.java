package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.log.LeaderEpochs.Entry;
import io.headrace.log.LeaderEpochs.EpochEnd;
import io.headrace.ports.Check;
import io.headrace.testing.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaderEpochsTest {

    private static final EpochEnd UNKNOWN = new EpochEnd(LeaderEpochs.NO_EPOCH, LeaderEpochs.NO_OFFSET);

    private final LeaderEpochs epochs = new LeaderEpochs();

    @TempDir
    private Path directory;

    @Test
    void nothingIsKnownOfALogThatWasNeverLed() {
        assertThat(epochs.latestEpoch()).isEqualTo(-1);
        assertThat(epochs.epochOf(0)).isEqualTo(-1);
        assertThat(epochs.endOffsetFor(0, 10)).isEqualTo(UNKNOWN);
        assertThat(epochs.endOffsetFor(-1, 10)).isEqualTo(UNKNOWN);
    }

    @Test
    void anEpochEndsWhereTheNextBeginsAndTheLatestWhereTheLogDoes() {
        epochs.assign(2, 0);
        epochs.assign(4, 10);
        epochs.assign(7, 25);

        assertThat(epochs.endOffsetFor(2, 30)).isEqualTo(new EpochEnd(2, 10));
        assertThat(epochs.endOffsetFor(4, 30)).isEqualTo(new EpochEnd(4, 25));
        assertThat(epochs.endOffsetFor(7, 30)).isEqualTo(new EpochEnd(7, 30));
    }

    @Test
    void anEpochThatWroteNothingEndsWithTheOneBeforeIt() {
        epochs.assign(2, 0);
        epochs.assign(5, 10);

        assertThat(epochs.endOffsetFor(3, 30)).isEqualTo(new EpochEnd(2, 10));
    }

    @Test
    void anEpochBeforeTheOldestEndsWhereTheOldestBegins() {
        epochs.assign(5, 10);

        assertThat(epochs.endOffsetFor(3, 30)).isEqualTo(new EpochEnd(3, 10));
    }

    @Test
    void nothingIsKnownOfAnEpochToCome() {
        epochs.assign(5, 10);

        assertThat(epochs.endOffsetFor(6, 30)).isEqualTo(UNKNOWN);
    }

    @Test
    void onlyTheFirstBatchOfAnEpochIsNews() {
        assertThat(epochs.assign(1, 0)).isTrue();
        assertThat(epochs.assign(1, 5)).isFalse();
        assertThat(epochs.assign(2, 8)).isTrue();
        assertThat(epochs.entries()).containsExactly(new Entry(1, 0), new Entry(2, 8));
    }

    @Test
    void entriesThatContradictANewOneGiveWay() {
        epochs.assign(1, 0);
        epochs.assign(3, 10);
        epochs.assign(5, 20);

        epochs.assign(4, 10);

        assertThat(epochs.entries()).containsExactly(new Entry(1, 0), new Entry(4, 10));
    }

    @Test
    void anOffsetBelongsToTheEpochThatBeganLastBeforeIt() {
        epochs.assign(1, 5);
        epochs.assign(3, 10);

        assertThat(epochs.epochOf(4)).isEqualTo(-1);
        assertThat(epochs.epochOf(5)).isEqualTo(1);
        assertThat(epochs.epochOf(9)).isEqualTo(1);
        assertThat(epochs.epochOf(10)).isEqualTo(3);
    }

    @Test
    void theEpochOfTheNewLogStartBeginsThere() {
        epochs.assign(1, 0);
        epochs.assign(3, 10);
        epochs.assign(5, 20);

        assertThat(epochs.truncateFromStart(15)).isTrue();
        assertThat(epochs.truncateFromStart(15)).isFalse();

        assertThat(epochs.entries()).containsExactly(new Entry(3, 15), new Entry(5, 20));
    }

    @Test
    void aLogMayStartWithAnEpoch() {
        epochs.assign(1, 0);
        epochs.assign(3, 10);

        assertThat(epochs.truncateFromStart(10)).isTrue();

        assertThat(epochs.entries()).containsExactly(new Entry(3, 10));
    }

    @Test
    void epochsFromTheNewLogEndOnAreForgotten() {
        epochs.assign(1, 0);
        epochs.assign(3, 10);
        epochs.assign(5, 20);

        assertThat(epochs.truncateFromEnd(21)).isFalse();
        assertThat(epochs.truncateFromEnd(10)).isTrue();

        assertThat(epochs.entries()).containsExactly(new Entry(1, 0));
    }

    @Test
    void aNegativeEpochIsABrokenInvariant() {
        assertThatThrownBy(() -> epochs.assign(-1, 0)).isInstanceOf(Check.BrokenInvariant.class);
    }

    @Test
    void theFileReadsAsKafkaWritesIt() throws IOException {
        epochs.assign(0, 0);
        epochs.assign(3, 12_345_678_901L);
        Path file = directory.resolve(LeaderEpochs.FILE_NAME);

        LeaderEpochs.write(new FileDisk(), file, epochs.entries());

        assertThat(Files.readString(file)).isEqualTo("0\n2\n0 0\n3 12345678901\n");
        assertThat(LeaderEpochs.read(new FileDisk(), file).entries()).isEqualTo(epochs.entries());
        assertThat(new FileDisk().list(directory)).containsExactly(LeaderEpochs.FILE_NAME);
    }

    @Test
    void aMissingFileAndAnEmptyOneHoldNoEpochs() throws IOException {
        Path file = directory.resolve(LeaderEpochs.FILE_NAME);

        assertThat(LeaderEpochs.read(new FileDisk(), file).entries()).isEmpty();
        Files.createFile(file);
        assertThat(LeaderEpochs.read(new FileDisk(), file).entries()).isEmpty();
    }
}
