package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.ReadThrough.Stretch;
import io.headrace.testing.MemoryDisk;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a disk thread has read through is found again without one. */
class ReadThroughTest {

    private static final int BATCHES = 40;
    private static final int RECORDS = 3;
    private static final long END = BATCHES * RECORDS;
    private static final int DENSE_INDEX = 64;

    private final MemoryDisk disk = new MemoryDisk();
    private LogDriver driver;

    /** Batches that grow from 91 bytes to 1 KB, in a sealed segment; the active one is empty. */
    private void write(LogConfig config) throws IOException {
        driver = LogDriver.created(disk, config);
        for (int i = 0; i < BATCHES; i++) {
            driver.append(RECORDS, 10 + 7 * i);
        }
        driver.roll();
        driver.flush();
    }

    private static LogConfig indexedEvery(int bytes) {
        return LogConfig.defaults().with(change -> change.indexIntervalBytes = bytes);
    }

    private LogRead read(long offset, int maxBytes, boolean atLeastOne) {
        return driver.log.read(offset, maxBytes, atLeastOne, END);
    }

    /** Null if it takes a disk thread to say. */
    private byte[] readAtOnce(long offset, int maxBytes, boolean atLeastOne) throws IOException {
        if (!(read(offset, maxBytes, atLeastOne) instanceof LogRead.Hot(LogSlice slice))) {
            return null;
        }
        try (slice) {
            return LogDriver.content(slice);
        }
    }

    /** Without telling the log. */
    private byte[] readOnDiskThread(PartitionLog log, long offset, int maxBytes, boolean atLeastOne)
            throws IOException {
        LogRead.Cold cold = (LogRead.Cold) log.read(offset, maxBytes, atLeastOne, END);
        try (LogSlice slice = cold.task().run()) {
            return LogDriver.content(slice);
        }
    }

    @ParameterizedTest(name = "an index entry every {0} bytes, the index file: {1}")
    @CsvSource({"64, whole", "1000, whole", "1000000, whole", "64, gone", "64, damaged"})
    void everyReadWithinItFindsTheSame(int indexIntervalBytes, String indexFile) throws IOException {
        write(indexedEvery(indexIntervalBytes));
        LogDriver other = new LogDriver(disk, LogDriver.PARENT);
        other.load(indexedEvery(indexIntervalBytes), driver.uncleanPoint());
        driver.read(0, 1 << 20, true, END);
        spoil(indexFile);

        for (long offset = 0; offset < END; offset++) {
            for (int maxBytes = 50; maxBytes < 25_000; maxBytes += 333) {
                for (boolean atLeastOne : new boolean[] {true, false}) {
                    byte[] found = readAtOnce(offset, maxBytes, atLeastOne);
                    assertThat(found != null || indexFile.equals("damaged")).isTrue();
                    if (found != null) {
                        assertThat(found).isEqualTo(readOnDiskThread(other.log, offset, maxBytes, atLeastOne));
                    }
                }
            }
        }
        assertThat(disk.openFiles()).isEqualTo(2);
    }

    private void spoil(String indexFile) throws IOException {
        var path = FileNames.of(driver.directory, 0, FileNames.OFFSET_INDEX);
        switch (indexFile) {
            case "gone" -> disk.delete(path);
            case "damaged" -> {
                try (var file = disk.open(path)) {
                    file.write(
                            ByteBuffer.allocate((int) file.size()).putInt(8, 7).putInt(12, 1), 0);
                }
            }
            default -> {}
        }
    }

    /** The limit is just where the index wrongly says that a batch begins. */
    @Test
    void anIndexThatLeadsIntoABatchIsNotBelieved() throws IOException {
        write(indexedEvery(DENSE_INDEX));
        driver.read(0, 1 << 20, true, END);
        try (var index = disk.open(FileNames.of(driver.directory, 0, FileNames.OFFSET_INDEX))) {
            index.truncate(IndexFile.OFFSET_ENTRY_BYTES);
            index.write(
                    ByteBuffer.allocate(IndexFile.OFFSET_ENTRY_BYTES)
                            .putInt(2)
                            .putInt(505)
                            .flip(),
                    0);
        }

        assertThat(read(0, 505, true)).isInstanceOf(LogRead.Cold.class);
    }

    @Test
    void itIsForgottenAfterAWhile() throws IOException {
        write(indexedEvery(DENSE_INDEX));
        driver.read(0, 1_000, true, END);
        driver.time.pass(Limits.READ_THROUGH_MS - 1);
        assertThat(readAtOnce(0, 1_000, true)).isNotNull();

        driver.time.pass(1);

        assertThat(readAtOnce(0, 1_000, true)).isNull();
    }

    @Test
    void whatLiesBesideItHasToBeReadThrough() throws IOException {
        write(indexedEvery(DENSE_INDEX));
        driver.read(30, 1_000, true, END);

        assertThat(readAtOnce(29, 1_000, true)).isNull();
        assertThat(readAtOnce(30, 1_000, true)).hasSizeLessThanOrEqualTo(1_000);
        assertThat(readAtOnce(END - 1, 1_000, true)).isNull();
    }

    @Test
    void whatAReaderMayNotSeeIsNotGivenToIt() throws IOException {
        write(indexedEvery(DENSE_INDEX));
        driver.read(0, 1 << 20, true, END);

        assertThat(driver.log.read(0, 1 << 20, true, 10)).isInstanceOf(LogRead.Cold.class);
        assertThat(driver.read(0, 1 << 20, true, 10)).hasSize(driver.read(0, 1 << 20, true, 9).length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void compactionEndsIt(boolean readMeanwhile) throws IOException {
        LogConfig config = indexedEvery(DENSE_INDEX).with(change -> {
            change.compacts = true;
            change.deletes = false;
        });
        driver = LogDriver.created(disk, config);
        BatchBuilder builder = new BatchBuilder();
        for (int i = 0; i < BATCHES; i++) {
            builder.append(driver.time.wallMs(), ByteBuffer.wrap(new byte[1]), ByteBuffer.allocate(100));
            driver.append(builder.build(0, RecordBatch.NO_LEADER_EPOCH));
        }
        driver.roll();
        driver.flush();
        LogRead.Cold before = (LogRead.Cold) driver.log.read(0, 1 << 20, true, BATCHES);
        before.task().run().close();
        if (!readMeanwhile) {
            driver.log.completed(before.task());
        }
        Compaction.run(driver.log, BATCHES, Compaction.AMPLE);
        if (readMeanwhile) {
            driver.log.completed(before.task());
        }

        assertThat(driver.log.read(0, 1 << 20, true, BATCHES)).isInstanceOf(LogRead.Cold.class);
    }

    @Test
    void whatIsReadOnAndOnIsOneStretch() {
        ReadThrough read = new ReadThrough();
        for (int i = 0; i < 10 * Limits.READ_THROUGH_STRETCHES; i++) {
            read.add(Stretch.ofAll(0, i, i + 1, 100 * i, 100 * i + 100), i);
        }

        assertThat(read.find(0, false, 1_000)).isEqualTo(Stretch.ofAll(0, 0, 640, 0, 64_000));
    }

    @Test
    void onlySoManyStretchesAreRemembered() {
        ReadThrough read = new ReadThrough();
        for (int i = 0; i <= Limits.READ_THROUGH_STRETCHES; i++) {
            read.add(Stretch.ofAll(0, 2L * i, 2L * i + 1, 200 * i, 200 * i + 100), 0);
        }

        assertThat(read.find(0, false, 0)).isNull();
        assertThat(read.find(2, false, 0)).isNotNull();
    }
}
