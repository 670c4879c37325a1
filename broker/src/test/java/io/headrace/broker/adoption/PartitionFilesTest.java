package io.headrace.broker.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.broker.adoption.PartitionFiles.Durability;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartitionFilesTest {

    /** Two segments, of offsets 0 to 99 and from 100 on. */
    private static final List<String> FILES = List.of(
            name(0, "log"),
            name(0, "index"),
            name(0, "timeindex"),
            name(0, "txnindex"),
            name(100, "log"),
            name(100, "index"),
            name(100, "timeindex"),
            name(100, "snapshot"),
            name(150, "snapshot"),
            "leader-epoch-checkpoint",
            "partition.metadata");

    private static String name(long offset, String kind) {
        return String.format("%020d.%s", offset, kind);
    }

    private static List<String> remade(Durability durability) {
        return PartitionFiles.of(FILES, durability).remade();
    }

    @Test
    void afterACleanStopEverythingIsTaken() {
        assertThat(PartitionFiles.of(FILES, new Durability(true, 0, true)).taken())
                .isEqualTo(FILES);
    }

    @Test
    void afterAKillOnlyWhatLiesBelowTheRecoveryPointIsBelieved() {
        assertThat(remade(new Durability(false, 120, false)))
                .containsExactly(name(100, "index"), name(100, "timeindex"), name(150, "snapshot"));
        assertThat(remade(new Durability(false, 99, false)))
                .containsExactly(
                        name(0, "index"),
                        name(0, "timeindex"),
                        name(100, "index"),
                        name(100, "timeindex"),
                        name(100, "snapshot"),
                        name(150, "snapshot"));
    }

    @Test
    void theIndexesOfALogThatMayHaveBeenCompactedSinceAreNotBelieved() {
        assertThat(remade(new Durability(false, 120, true)))
                .containsExactly(
                        name(0, "index"),
                        name(0, "timeindex"),
                        name(100, "index"),
                        name(100, "timeindex"),
                        name(150, "snapshot"));
    }

    @Test
    void whatCompactionHasNotFinishedGoesAlongAndWhatWasDeletedDoesNot() {
        List<String> leftovers = new ArrayList<>(List.of(
                name(0, "log.cleaned"),
                name(0, "index.swap"),
                name(0, "log.deleted"),
                name(7, "snapshot.deleted"),
                "leader-epoch-checkpoint.tmp",
                "notes.txt"));

        PartitionFiles files = PartitionFiles.of(leftovers, new Durability(false, 0, false));

        assertThat(files.taken()).containsExactly(name(0, "log.cleaned"), name(0, "index.swap"));
        assertThat(files.remade())
                .containsExactly(name(0, "log.deleted"), name(7, "snapshot.deleted"), "leader-epoch-checkpoint.tmp");
        assertThat(files.unknown()).containsExactly("notes.txt");
    }
}
