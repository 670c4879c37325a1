package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testing.MemoryDisk;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final int HOUR_MS = 3_600_000;
    private static final LogConfig CONFIG = LogConfig.defaults().with(change -> {
        change.segmentBytes = 10_000;
        change.retentionMs = -1;
    });

    private final MemoryDisk disk = new MemoryDisk();
    private LogDriver driver;

    /** Three segments of nine records and about 9,700 bytes, an hour apart, and an active one of three. */
    @BeforeEach
    void writeThirtyBatches() throws IOException {
        driver = LogDriver.created(disk, CONFIG);
        for (int i = 0; i < 30; i++) {
            if (i % 9 == 0) {
                driver.time.pass(HOUR_MS);
            }
            driver.append(1, 1_000);
        }
        driver.flush();
    }

    private void retain(Consumer<LogConfig.Draft> change) throws IOException {
        driver.log.configure(CONFIG.with(change));
        driver.retain();
    }

    private List<String> logs() throws IOException {
        return disk.list(driver.directory).stream()
                .filter(name -> name.endsWith(".log"))
                .toList();
    }

    @Test
    void segmentsExpireByTheirLatestTimestamp() throws IOException {
        retain(change -> change.retentionMs = 2 * HOUR_MS);

        assertThat(driver.log.logStartOffset()).isEqualTo(9);
        assertThat(logs()).hasSize(3);
    }

    @Test
    void segmentsExpireBySizeAsLongAsEnoughRemains() throws IOException {
        retain(change -> change.retentionBytes = 15_000);

        assertThat(driver.log.logStartOffset()).isEqualTo(9);
        assertThat(driver.log.sizeInBytes()).isBetween(15_000L, 25_000L);
    }

    @Test
    void nothingExpiresAboveTheHighWatermark() throws IOException {
        driver.log.configure(CONFIG.with(change -> change.retentionBytes = 0));

        RetentionTicket ticket = driver.log.beginRetention(driver.time.wallMs(), 17);
        driver.log.retained(ticket.run());

        assertThat(driver.log.logStartOffset()).isEqualTo(9);
    }

    @Test
    void segmentsBelowTheLogStartGo() throws IOException {
        driver.log.advanceLogStart(20);

        driver.retain();

        assertThat(driver.log.logStartOffset()).isEqualTo(20);
        assertThat(logs()).containsExactly("00000000000000000018.log", "00000000000000000027.log");
        assertThat(driver.log.read(19, 100, true, 30)).isInstanceOf(LogRead.OutOfRange.class);
    }

    @Test
    void theActiveSegmentExpiresWithTheOthers() throws IOException {
        driver.time.pass(5 * HOUR_MS);

        retain(change -> change.retentionMs = HOUR_MS);

        assertThat(driver.log.logStartOffset()).isEqualTo(30);
        assertThat(logs()).containsExactly("00000000000000000030.log");
        assertThat(driver.append(1, 10).baseOffset()).isEqualTo(30);
    }

    @Test
    void withoutDeletePolicyOnlyTheLogStartCounts() throws IOException {
        driver.log.advanceLogStart(9);

        retain(change -> {
            change.retentionMs = 1;
            change.deletes = false;
        });

        assertThat(driver.log.logStartOffset()).isEqualTo(9);
    }

    @Test
    void theFilesGoAfterTheDelay() throws IOException {
        driver.log.advanceLogStart(9);
        driver.retain();
        assertThat(disk.list(driver.directory)).contains("00000000000000000000.log.deleted");

        driver.time.pass(CONFIG.fileDeleteDelayMs() - 1);
        driver.retain();
        assertThat(disk.list(driver.directory)).contains("00000000000000000000.log.deleted");
        driver.time.pass(1);
        driver.retain();

        assertThat(disk.list(driver.directory)).noneMatch(name -> name.startsWith("00000000000000000000"));
    }

    @Test
    void aSliceOutlivesItsSegment() throws IOException {
        LogSlice slice = driver.slice(3, 5_000, true, 30);
        byte[] before = LogDriver.content(slice);
        driver.log.advanceLogStart(9);
        driver.retain();
        driver.time.pass(CONFIG.fileDeleteDelayMs());
        driver.retain();

        assertThat(LogDriver.content(slice)).isEqualTo(before);

        slice.close();
        assertThat(disk.openFiles()).isEqualTo(1);
    }

    /** The read had been handed to a disk thread when the segment went. */
    @Test
    void aReadOfASegmentThatHasJustGoneIsEmpty() throws IOException {
        LogRead.Cold read = (LogRead.Cold) driver.log.read(3, 5_000, true, 30);
        LogRead.Cold marked = (LogRead.Cold) driver.log.read(3, 5_000, true, 30);
        driver.log.advanceLogStart(9);
        driver.retain();
        try (LogSlice slice = marked.task().run()) {
            assertThat(slice.sizeInBytes()).isPositive();
        }
        driver.time.pass(CONFIG.fileDeleteDelayMs());
        driver.retain();

        assertThat(read.task().run().sizeInBytes()).isZero();
    }
}
