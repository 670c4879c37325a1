package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What loading makes of files that are not as a clean stop leaves them. */
class LogRecoveryTest {

    private static final int LARGE = 1 << 20;
    private static final LogConfig CONFIG = LogConfig.defaults().with(change -> {
        change.segmentBytes = 10_000;
        change.indexIntervalBytes = 500;
    });

    private final MemoryDisk disk = new MemoryDisk();
    private LogDriver driver;

    /** Three segments of nine batches with a record of about 1,000 bytes, then a few more. */
    @BeforeEach
    void writeThirtyBatches() throws IOException {
        driver = LogDriver.created(disk, CONFIG);
        for (int i = 0; i < 30; i++) {
            driver.append(1, 1_000);
        }
        assertThat(disk.list(driver.directory)).contains("00000000000000000009.log", "00000000000000000027.log");
    }

    private Path file(long offset, String suffix) {
        return FileNames.of(driver.directory, offset, suffix);
    }

    private void load(LoadPoint from) throws IOException {
        driver.load(CONFIG, from);
    }

    private void assertEverythingIsThere() throws IOException {
        for (long offset = 0; offset < 30; offset++) {
            byte[] read = driver.read(offset, 1, true, 30);
            assertThat(LogDriver.batches(read)).hasSize(1);
            assertThat(LogDriver.baseOffset(ByteBuffer.wrap(read))).isEqualTo(offset);
        }
    }

    // ---- the tail

    @Test
    void aTornTailIsCutOffAndReported() throws IOException {
        driver.flush();
        Path active = file(27, FileNames.LOG);
        byte[] bytes = disk.bytes(active);
        disk.overwrite(active, Arrays.copyOf(bytes, bytes.length - 10));

        load(new LoadPoint(27, 0, false));

        assertThat(driver.log.logEndOffset()).isEqualTo(29);
        assertThat(driver.log.loadReport().bytesTruncated()).isEqualTo(bytes.length / 3 - 10);
        assertThat(driver.log.loadReport().describe())
                .startsWith("scanned ")
                .contains("from offset 27 to 29", "bytes of an incomplete write cut off");
        assertThat(disk.size(active)).isEqualTo(bytes.length * 2L / 3);
        driver.append(1, 10);
        assertThat(driver.log.logEndOffset()).isEqualTo(30);
    }

    @Test
    void whatLiesBehindATornBatchIsDropped() throws IOException {
        disk.flip(file(18, FileNames.LOG), 1_500);

        load(new LoadPoint(5, 0, false));

        assertThat(driver.log.logEndOffset()).isEqualTo(19);
        assertThat(driver.log.loadReport().segmentsDropped()).isEqualTo(1);
        assertThat(disk.list(driver.directory)).doesNotContain("00000000000000000027.log");
    }

    @Test
    void nothingBelowTheRecoveryPointIsRead() throws IOException {
        driver.checkpoint();
        driver.log.abandon();
        disk.flip(file(9, FileNames.LOG), 1_500);
        disk.flip(file(27, FileNames.LOG), 700);

        load(driver.uncleanPoint());

        assertThat(driver.log.logEndOffset()).isEqualTo(30);
        assertThat(driver.log.loadReport().isEmpty()).isTrue();
    }

    @Test
    void whatARestartFoundIsDurableAtOnce() throws IOException {
        driver.log.abandon();
        load(driver.uncleanPoint());
        assertThat(driver.log.dirty()).isFalse();
        assertThat(driver.log.flushedOffset()).isEqualTo(30);

        driver.log.abandon();
        disk.crash(new SplittableRandom(1));
        load(driver.uncleanPoint());

        assertThat(driver.log.logEndOffset()).isEqualTo(30);
        assertEverythingIsThere();
    }

    // ---- damage

    @Test
    void aDamagedBatchThatWasDurableFailsTheLoad() throws IOException {
        driver.flush();
        disk.flip(file(27, FileNames.LOG), 16);

        assertThatThrownBy(() -> load(new LoadPoint(30, 0, false)))
                .isInstanceOf(DamagedLog.class)
                .hasMessageContaining("00000000000000000027.log is damaged at byte 0 (offset 27)");
        assertThat(disk.openFiles()).isEqualTo(1);
    }

    @Test
    void aDamagedBatchThatWasDurableFailsItsReaders() throws IOException {
        driver.close();
        load(driver.cleanPoint());
        disk.flip(file(9, FileNames.LOG), 3_000);

        assertThatThrownBy(() -> driver.read(11, LARGE, true, 30))
                .isInstanceOf(DamagedLog.class)
                .hasMessageContaining("00000000000000000009.log is damaged at byte")
                .hasMessageContaining("(offset 11): the checksum of the batch does not match");
        assertThat(LogDriver.batches(driver.read(9, LARGE, true, 30))).hasSize(2);
        assertThat(disk.openFiles()).isEqualTo(1);
    }

    @Test
    void aLogThatIsShorterThanItsRecoveryPointFailsTheLoad() throws IOException {
        driver.close();
        Path active = file(27, FileNames.LOG);
        disk.overwrite(active, Arrays.copyOf(disk.bytes(active), disk.bytes(active).length / 3));

        assertThatThrownBy(() -> load(driver.cleanPoint()))
                .isInstanceOf(DamagedLog.class)
                .hasMessageContaining("had been made durable up to offset 30");
    }

    @Test
    void segmentsThatAreGoneFailTheLoad() throws IOException {
        driver.close();
        for (String name : disk.list(driver.directory)) {
            disk.delete(driver.directory.resolve(name));
        }

        assertThatThrownBy(() -> load(driver.cleanPoint()))
                .isInstanceOf(DamagedLog.class)
                .hasMessageContaining("it is missing");
    }

    @Test
    void aSegmentThatIsGoneFromTheMiddleFailsItsReaders() throws IOException {
        driver.close();
        disk.delete(file(9, FileNames.LOG));
        load(driver.cleanPoint());

        assertThatThrownBy(() -> driver.read(10, LARGE, true, 30))
                .isInstanceOf(DamagedLog.class)
                .hasMessageContaining("it ends before offset 18");
        assertThat(LogDriver.batches(driver.read(20, LARGE, true, 30))).isNotEmpty();
    }

    // ---- indexes

    @Test
    void aMissingIndexIsBuiltAnew() throws IOException {
        driver.close();
        byte[] offsets = disk.bytes(file(9, FileNames.OFFSET_INDEX));
        byte[] times = disk.bytes(file(9, FileNames.TIME_INDEX));
        disk.delete(file(9, FileNames.OFFSET_INDEX));

        load(driver.cleanPoint());

        assertThat(driver.log.loadReport().indexesRebuilt()).isEqualTo(1);
        assertThat(disk.bytes(file(9, FileNames.OFFSET_INDEX))).isEqualTo(offsets);
        assertThat(disk.bytes(file(9, FileNames.TIME_INDEX))).isEqualTo(times);
        assertEverythingIsThere();
    }

    @Test
    void anIndexThatEndsInNonsenseIsBuiltAnew() throws IOException {
        driver.close();
        byte[] offsets = disk.bytes(file(0, FileNames.OFFSET_INDEX));
        disk.overwrite(file(0, FileNames.OFFSET_INDEX), Arrays.copyOf(offsets, offsets.length + 3));
        byte[] times = disk.bytes(file(18, FileNames.TIME_INDEX));
        disk.overwrite(file(18, FileNames.TIME_INDEX), Arrays.copyOf(times, times.length + 24));
        disk.overwrite(file(27, FileNames.OFFSET_INDEX), new byte[80]);

        load(driver.cleanPoint());

        assertThat(driver.log.loadReport().indexesRebuilt()).isEqualTo(3);
        assertThat(disk.bytes(file(0, FileNames.OFFSET_INDEX))).isEqualTo(offsets);
        assertThat(disk.bytes(file(18, FileNames.TIME_INDEX))).isEqualTo(times);
        assertEverythingIsThere();
    }

    @Test
    void anIndexThatLeadsAstrayIsBuiltAnewWhenItIsUsed() throws IOException {
        driver.close();
        byte[] offsets = disk.bytes(file(9, FileNames.OFFSET_INDEX));
        byte[] wrong = offsets.clone();
        ByteBuffer.wrap(wrong).putInt(4, 777);
        disk.overwrite(file(9, FileNames.OFFSET_INDEX), wrong);
        load(driver.cleanPoint());

        assertEverythingIsThere();

        assertThat(disk.bytes(file(9, FileNames.OFFSET_INDEX))).isEqualTo(offsets);
    }

    // ---- producers

    @Test
    void producersAreReadFromTheLogWhenTheirSnapshotIsDamaged() throws IOException {
        ByteBuffer batch = driver.batch(1, 10, driver.time.wallMs(), 7, 0);
        ByteBuffer again =
                ByteBuffer.allocate(batch.remaining()).put(batch.duplicate()).flip();
        driver.append(batch);
        driver.close();
        disk.flip(file(31, FileNames.PRODUCER_SNAPSHOT), 20);

        load(driver.cleanPoint());

        assertThat(driver.log.loadReport().snapshotsDropped()).isEqualTo(1);
        assertThat(driver.offer(again)).isInstanceOf(AppendResult.Duplicate.class);
    }

    // ---- faults

    @Test
    void afterAWriteThatFailedTheLogIsLoadedAgain() throws IOException {
        driver.flush();
        disk.failWriteAfter(0);
        assertThatThrownBy(() -> driver.offer(driver.batch(1, 100, 0))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> driver.offer(driver.batch(1, 100, 0))).isInstanceOf(IllegalStateException.class);
        driver.log.abandon();

        load(driver.log.reloadPoint());

        assertThat(driver.log.logEndOffset()).isEqualTo(30);
        assertThat(driver.log.loadReport().bytesTruncated()).isPositive();
        driver.append(1, 10);
        assertEverythingIsThere();
    }

    /** What was flushed is not yet checkpointed: of its epochs only the batches tell. */
    @Test
    void loadingAgainWithinTheProcessForgetsNoEpochAndVouchesForNothing() throws IOException {
        driver.checkpoint();
        for (int i = 0; i < 3; i++) {
            driver.offer(driver.batch(1, 1_000, driver.time.wallMs()), 4);
        }
        driver.flush();
        driver.log.abandon();

        load(driver.log.reloadPoint());

        assertThat(driver.log.flushedOffset()).isEqualTo(33);
        assertThat(driver.log.recoveryPoint()).isEqualTo(30);
        assertThat(driver.log.leaderEpochs().epochOf(30)).isEqualTo(4);
        assertThat(driver.log.leaderEpochs().epochOf(29)).isZero();
    }

    @Test
    void loadingAgainWithinTheProcessMissesWhatHadBeenFlushed() throws IOException {
        driver.flush();
        driver.log.abandon();
        disk.flip(file(27, FileNames.LOG), 16);

        assertThatThrownBy(() -> load(driver.log.reloadPoint())).isInstanceOf(DamagedLog.class);
    }

    @Test
    void anFsyncThatFailedIsToldApart() {
        disk.failSyncAfter(0);

        assertThatThrownBy(() -> driver.flush())
                .isInstanceOf(SyncFailed.class)
                .hasMessageContaining("00000000000000000000.log");
        assertThat(driver.log.flushedOffset()).isZero();
    }

    // ---- what else lies there

    @Test
    void leftoversAreClearedAway() throws IOException {
        driver.close();
        disk.create(file(99, FileNames.LOG + FileNames.DELETED)).close();
        disk.create(file(99, FileNames.TIME_INDEX)).close();
        disk.create(file(0, FileNames.OFFSET_INDEX + FileNames.TEMPORARY)).close();

        load(driver.cleanPoint());

        assertThat(disk.list(driver.directory)).noneMatch(name -> name.contains("99") || name.endsWith(".tmp"));
    }

    @Test
    void theLogOfAnotherTopicIsNotTouched() throws IOException {
        driver.close();
        LogIdentity other = new LogIdentity("topic", Uuid.fromString("BBBBBBBBBBBBBBBBBBBBBQ"), 0);

        assertThatThrownBy(() ->
                        PartitionLog.load(disk, driver.directory, other, CONFIG, driver.time, driver.cleanPoint()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to topic id");
    }

    @Test
    void aLogThatEndsBelowItsStartBeginsAnewThere() throws IOException {
        driver.log.abandon();

        load(new LoadPoint(0, 50, false));

        assertThat(driver.log.logStartOffset()).isEqualTo(50);
        assertThat(driver.log.logEndOffset()).isEqualTo(50);
        assertThat(disk.list(driver.directory))
                .filteredOn(name -> name.endsWith(".log"))
                .hasSize(1);
        assertThat(driver.append(1, 10).baseOffset()).isEqualTo(50);
    }
}
