package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.kafka.server.common.OffsetAndEpoch;
import org.apache.kafka.snapshot.Snapshots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotNameTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "42, 1", "9223372036854770000, 2147483647"})
    void itIsKafkasName(long endOffset, int epoch) {
        SnapshotName name = new SnapshotName(endOffset, epoch);

        Path kafkas = Snapshots.snapshotPath(Path.of("/d"), new OffsetAndEpoch(endOffset, epoch));

        assertThat(name.in(Path.of("/d"))).isEqualTo(kafkas);
        assertThat(SnapshotName.parse(name.toString())).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000042-0000000001.checkpoint.part",
                "00000000000000000042-0000000001.checkpoint.deleted",
                "0000000000000000042-00000000001.checkpoint",
                "00000000000000000042.log",
                "bootstrap.checkpoint",
                "99999999999999999999-0000000001.checkpoint",
                "00000000000000000042-9999999999.checkpoint",
                "0000000000000000004a-0000000001.checkpoint"
            })
    void otherFilesAreNone(String file) {
        assertThat(SnapshotName.parse(file)).isNull();
    }

    @Test
    void theNewestIsTheOneThatReachesFurthest() {
        assertThat(new SnapshotName(9, 5)).isLessThan(new SnapshotName(10, 1));
        assertThat(new SnapshotName(9, 1)).isLessThan(new SnapshotName(9, 2));
    }
}
