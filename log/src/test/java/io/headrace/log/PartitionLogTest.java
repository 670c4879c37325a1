package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Duplicate;
import io.headrace.testing.MemoryDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionLogTest {

    private static final int LARGE = 1 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void whatIsAppendedIsReadBack() throws IOException {
        LogDriver driver = LogDriver.created(disk, LogConfig.defaults());

        driver.append(3, 10);
        driver.append(2, 10);

        assertThat(driver.log.logEndOffset()).isEqualTo(5);
        List<ByteBuffer> batches = LogDriver.batches(driver.read(0, LARGE, true, 5));
        assertThat(batches).hasSize(2);
        assertThat(LogDriver.baseOffset(batches.get(1))).isEqualTo(3);
    }

    @Test
    void anOffsetInsideABatchReadsTheWholeBatch() throws IOException {
        LogDriver driver = LogDriver.created(disk, LogConfig.defaults());
        driver.append(3, 10);
        driver.append(5, 10);

        byte[] read = driver.read(6, LARGE, true, 8);

        assertThat(LogDriver.baseOffset(ByteBuffer.wrap(read))).isEqualTo(3);
    }

    @Test
    void anAppendIsOneWrite() throws IOException {
        LogDriver driver = LogDriver.created(disk, LogConfig.defaults());
        int before = disk.writes();

        driver.append(100, 160);

        assertThat(disk.writes() - before).isEqualTo(1);
    }

    @Test
    void anAppendAllocatesNextToNothing() throws IOException {
        LogDriver driver = LogDriver.created(new WriteOnlyDisk(), LogConfig.defaults());
        ByteBuffer sent = driver.batch(16, 1_000, driver.time.wallMs());
        ByteBuffer batch = ByteBuffer.allocate(sent.remaining());
        for (int i = 0; i < 10_000; i++) {
            driver.offer(batch.put(0, sent, 0, sent.limit()).clear());
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < 10_000; i++) {
            driver.offer(batch.put(0, sent, 0, sent.limit()).clear());
        }

        assertThat((THREADS.getCurrentThreadAllocatedBytes() - before) / 10_000).isLessThan(200);
    }

    @Test
    void aReadAtTheTailCostsNoFileCall() throws IOException {
        LogDriver driver = LogDriver.created(disk, LogConfig.defaults());
        for (int i = 0; i < 100; i++) {
            driver.append(10, 100);
        }
        int before = disk.reads();

        LogRead read = driver.log.read(990, LARGE, true, 1000);

        assertThat(read).isInstanceOf(LogRead.Hot.class);
        assertThat(disk.reads()).isEqualTo(before);
    }

    @Test
    void aBatchThatIsSentAgainIsADuplicateAlsoAfterARestart() throws IOException {
        LogDriver driver = LogDriver.created(disk, LogConfig.defaults());
        driver.append(driver.batch(3, 10, driver.time.wallMs(), 7, 0));
        driver.append(driver.batch(2, 10, driver.time.wallMs(), 7, 3));
        driver.close();
        driver.load(LogConfig.defaults(), driver.cleanPoint());

        AppendResult again = driver.offer(driver.batch(2, 10, driver.time.wallMs(), 7, 3));

        assertThat(again).isEqualTo(new Duplicate(3, 4, driver.time.wallMs() + 1));
        assertThat(driver.offer(driver.batch(1, 10, driver.time.wallMs(), 7, 5)))
                .isEqualTo(new Appended(5, 5, -1));
    }

    @Test
    void aCleanStopLeavesNothingToScan() throws IOException {
        LogDriver driver = LogDriver.created(disk, LogConfig.defaults());
        driver.append(3, 10_000);
        driver.append(3, 10_000);
        driver.close();

        driver.load(LogConfig.defaults(), driver.cleanPoint());

        assertThat(driver.log.loadReport().isEmpty()).isTrue();
        assertThat(driver.log.logEndOffset()).isEqualTo(6);
        assertThat(driver.log.flushedOffset()).isEqualTo(6);
        assertThat(driver.log.dirty()).isFalse();
        assertThat(disk.openFiles()).isEqualTo(1);
    }
}
