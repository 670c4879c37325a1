package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.ReadThrough.Stretch;
import io.headrace.testing.MemoryDisk;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a disk thread has read through for a read_committed reader is found again without one, aborted transactions included. */
class CommittedReadThroughTest {

    private static final int BATCHES = 120;
    private static final int PRODUCERS = 3;
    private static final int ALL = 1 << 20;

    private final MemoryDisk disk = new MemoryDisk();
    private final BatchBuilder builder = new BatchBuilder();
    private final boolean[] open = new boolean[PRODUCERS];
    private final int[] sequences = new int[PRODUCERS];
    private LogDriver driver;

    /** Transactions of some producers, most of them aborted, in two sealed segments; the active one is empty. */
    private void write(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        driver = LogDriver.created(disk, LogConfig.defaults());
        for (int i = 0; i < BATCHES; i++) {
            int producer = random.nextInt(PRODUCERS);
            if (open[producer] && random.nextInt(3) == 0) {
                end(producer, random.nextInt(3) == 0);
            } else {
                records(producer, 1 + random.nextInt(3), random.nextInt(200));
            }
            if (i == BATCHES / 2) {
                driver.roll();
            }
        }
        for (int producer = 0; producer < PRODUCERS; producer++) {
            end(producer, false);
        }
        driver.roll();
        driver.flush();
    }

    private void records(int producer, int count, int valueBytes) throws IOException {
        for (int i = 0; i < count; i++) {
            builder.append(driver.time.wallMs(), null, ByteBuffer.allocate(valueBytes));
        }
        builder.producer(producer, (short) 0, sequences[producer]).transactional();
        driver.follow(builder.build(driver.log.logEndOffset(), 0));
        sequences[producer] += count;
        open[producer] = true;
    }

    private void end(int producer, boolean commit) throws IOException {
        ByteBuffer marker = new TransactionMarker(producer, (short) 0, 0, commit).batch(driver.time.wallMs());
        RecordBatch batch = new RecordBatch();
        batch.wrap(marker, 0);
        batch.setBaseOffset(driver.log.logEndOffset());
        batch.setLeaderEpoch(0);
        driver.follow(marker);
        open[producer] = false;
    }

    private LogRead read(PartitionLog log, long offset, int maxBytes) {
        return log.readCommitted(offset, maxBytes, true, driver.log.logEndOffset());
    }

    /** The offsets that a consumer is given, and where it reads on. */
    private static List<Long> given(LogSlice slice, long offset) throws IOException {
        List<Long> offsets = new ArrayList<>();
        try (slice) {
            offsets.add(CommittedReader.read(slice, offset, offsets));
        }
        return offsets;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyReadWithinItLeavesOutTheSame(long seed) throws IOException {
        write(seed);
        long end = driver.log.logEndOffset();
        LogDriver other = new LogDriver(disk, LogDriver.PARENT);
        other.load(LogConfig.defaults(), driver.uncleanPoint());
        // In some steps, which become one stretch of each segment.
        for (long offset = 0; offset < end; ) {
            LogRead.Cold cold = (LogRead.Cold) read(driver.log, offset, 1_500);
            cold.task().run().close();
            driver.log.completed(cold.task());
            offset = cold.task().stretch().upToOffset();
        }

        for (long offset = 0; offset < end; offset++) {
            for (int maxBytes = 50; maxBytes < 10_000; maxBytes += 777) {
                LogRead warm = read(driver.log, offset, maxBytes);
                LogRead.Cold cold = (LogRead.Cold) read(other.log, offset, maxBytes);

                assertThat(warm).isInstanceOf(LogRead.Hot.class);
                assertThat(given(((LogRead.Hot) warm).slice(), offset))
                        .isEqualTo(given(cold.task().run(), offset));
            }
        }
    }

    @Test
    void whatWasReadThroughForOneWhoSeesAllIsReadOnceMore() throws IOException {
        write(0);
        long end = driver.log.logEndOffset();
        driver.read(0, ALL, true, end);

        assertThat(read(driver.log, 0, ALL)).isInstanceOf(LogRead.Cold.class);
        driver.committedSlice(0, ALL, end).close();
        assertThat(read(driver.log, 0, ALL)).isInstanceOf(LogRead.Hot.class);
        assertThat(driver.log.read(0, ALL, true, end)).isInstanceOf(LogRead.Hot.class);
    }

    @Test
    void whereVeryMuchWasAbortedItIsLookedUpEachTime() {
        List<AbortedTransaction> many = new ArrayList<>();
        for (int i = 0; i <= Limits.READ_THROUGH_ABORTED; i++) {
            many.add(new AbortedTransaction(1, 2L * i, 2L * i + 1, 2L * i + 2));
        }
        ReadThrough read = new ReadThrough();
        read.add(Stretch.ofAll(0, 0, 1_000, 0, 1_000).leavingOut(many), 0);

        assertThat(read.find(0, true, 0)).isNull();
        assertThat(read.find(0, false, 0)).isNotNull();
    }
}
