package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.LogModel.Batch;
import io.headrace.testing.MemoryDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of a log, compared with a list of batches after each step. {@code -Dheadrace.seeds=N} tries more of them. */
class PartitionLogPropertyTest {

    private static final int STEPS = 400;
    private static final int PRODUCERS = 3;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLogIsTheListOfItsBatches(long seed) throws IOException {
        Life life = new Life(seed);
        for (int step = 0; step < STEPS; step++) {
            life.step();
        }
        life.end();
    }

    private record HeldSlice(LogSlice slice, List<Batch> expected) {}

    private static final class Life {

        private final SplittableRandom random;
        private final MemoryDisk disk = new MemoryDisk();
        private final LogModel model = new LogModel();
        private final List<HeldSlice> held = new ArrayList<>();
        private final Map<Long, Integer> sequences = new HashMap<>();
        private final LogDriver driver;
        private LogConfig config;
        private int epoch;
        private long durableLogStart;
        private FlushTicket underWay;

        Life(long seed) throws IOException {
            random = new SplittableRandom(seed);
            config = anyConfig();
            driver = LogDriver.created(disk, config);
        }

        private LogConfig anyConfig() {
            int segmentBytes = 5_000 + random.nextInt(40_000);
            int indexBytes = random.nextInt(10) == 0 ? 60 : 10 << 20;
            int interval = random.nextInt(3_000);
            return LogConfig.defaults().with(change -> {
                change.segmentBytes = segmentBytes;
                change.segmentMs = 20_000;
                change.segmentIndexBytes = indexBytes;
                change.indexIntervalBytes = interval;
                change.retentionMs = -1;
            });
        }

        private PartitionLog log() {
            return driver.log;
        }

        void step() throws IOException {
            driver.time.pass(random.nextInt(100));
            switch (random.nextInt(26)) {
                case 0 -> flush();
                case 1 -> checkpoint();
                case 2 -> beginOrEndFlush();
                case 3 -> rollIfPossible();
                case 4 -> retain();
                case 5 -> deleteRecords();
                case 6 -> reconfigure();
                case 7 -> closeAndLoad();
                case 8 -> crashAndLoad();
                case 9 -> killAndLoad();
                case 10 -> lookUpTimes();
                case 11 -> holdOrRelease();
                case 12 -> sendAgain();
                case 13 -> epoch += random.nextInt(2);
                case 14 -> failToWrite();
                case 15 -> failToSync();
                case 16, 17, 18 -> read();
                default -> append();
            }
            check();
        }

        private void check() {
            assertThat(log().logEndOffset()).isEqualTo(model.endOffset());
            assertThat(log().flushedOffset()).isLessThanOrEqualTo(model.endOffset());
            assertThat(log().recoveryPoint()).isLessThanOrEqualTo(log().flushedOffset());
            assertThat(log().dirty()).isEqualTo(log().unflushedBytes() > 0);
            if (log().logStartOffset() < model.endOffset()) {
                long offset = anyOffset();
                assertThat(log().leaderEpochs().epochOf(offset))
                        .isEqualTo(model.holding(offset).epoch());
            }
        }

        private long anyOffset() {
            return random.nextLong(log().logStartOffset(), model.endOffset());
        }

        // ---- append

        private void append() throws IOException {
            int records = 1 + random.nextInt(8);
            long timestamp = driver.time.wallMs() - random.nextInt(300);
            ByteBuffer batch;
            long producer = random.nextInt(PRODUCERS * 2);
            if (producer < PRODUCERS) {
                int sequence = sequences.getOrDefault(producer, 0);
                batch = driver.batch(records, random.nextInt(400), timestamp, producer, sequence);
                sequences.put(producer, sequence + records);
            } else {
                batch = driver.batch(records, random.nextInt(400), timestamp);
            }
            long end = model.endOffset();
            AppendResult result = driver.offer(batch, epoch);
            if (result instanceof AppendResult.SegmentFull) {
                driver.roll();
                result = driver.offer(batch, epoch);
            }
            assertThat(result).isEqualTo(new Appended(end, end + records - 1, -1));
            model.batches.add(Batch.of(batch.rewind()));
        }

        private void sendAgain() throws IOException {
            if (model.batches.isEmpty()) {
                return;
            }
            Batch last = model.batches.getLast();
            if (!last.header().hasProducerId()) {
                return;
            }
            assertThat(driver.offer(last.sent()))
                    .isEqualTo(new Duplicate(last.baseOffset(), last.lastOffset(), last.maxTimestamp()));
        }

        // ---- tickets

        private void beginOrEndFlush() throws IOException {
            if (underWay == null) {
                underWay = random.nextBoolean() ? log().beginFlush() : log().beginCheckpoint();
            } else {
                endFlush();
            }
        }

        private void endFlush() throws IOException {
            if (underWay != null) {
                log().flushed(underWay.run());
                underWay = null;
            }
        }

        private void flush() throws IOException {
            endFlush();
            driver.flush();
            assertThat(log().flushedOffset()).isEqualTo(model.endOffset());
        }

        private void checkpoint() throws IOException {
            endFlush();
            driver.checkpoint();
            assertThat(log().recoveryPoint()).isEqualTo(model.endOffset());
        }

        private void rollIfPossible() throws IOException {
            if (log().sizeInBytes() > 0 && model.endOffset() > log().logStartOffset() && activeHasBatches()) {
                driver.roll();
            }
        }

        private boolean activeHasBatches() throws IOException {
            List<String> names = disk.list(driver.directory);
            long base = 0;
            for (String name : names) {
                base = Math.max(base, FileNames.offsetOf(name, FileNames.LOG));
            }
            return base < model.endOffset();
        }

        private void retain() throws IOException {
            long ms = random.nextBoolean() ? -1 : random.nextInt(5_000);
            long bytes = random.nextBoolean() ? -1 : random.nextInt(90_000);
            log().configure(config.with(change -> {
                change.retentionMs = ms;
                change.retentionBytes = bytes;
            }));
            long before = log().logStartOffset();

            endFlush();
            driver.retain();

            assertThat(log().logStartOffset()).isBetween(before, Math.max(before, log().flushedOffset()));
            log().configure(config);
        }

        private void deleteRecords() {
            log().advanceLogStart(random.nextLong(Math.max(log().logStartOffset(), log().flushedOffset()) + 1));
            if (random.nextBoolean()) {
                durableLogStart = log().logStartOffset();
            }
        }

        private void reconfigure() {
            config = anyConfig();
            log().configure(config);
        }

        // ---- restarts

        private void closeAndLoad() throws IOException {
            endFlush();
            driver.close();
            LoadPoint point = driver.cleanPoint();
            assertThat(point.recoveryPoint()).isEqualTo(model.endOffset());
            if (random.nextBoolean()) {
                releaseAll();
                disk.crash(new SplittableRandom(random.nextLong()));
            }
            driver.load(config, point);

            assertThat(log().loadReport().isEmpty()).isTrue();
            assertThat(log().logStartOffset()).isEqualTo(point.logStartOffset());
            assertThat(log().flushedOffset()).isEqualTo(model.endOffset());
            durableLogStart = point.logStartOffset();
        }

        private void crashAndLoad() throws IOException {
            underWay = null;
            long flushed = log().flushedOffset();
            LoadPoint point = new LoadPoint(log().recoveryPoint(), durableLogStart, false);
            releaseAll();
            log().abandon();
            disk.crash(new SplittableRandom(random.nextLong()));

            driver.load(config, point);

            assertThat(log().logEndOffset()).isBetween(flushed, model.endOffset());
            model.cutTo(log().logEndOffset());
            assertThat(log().logEndOffset()).isEqualTo(model.endOffset());
            afterUncleanLoad();
        }

        /** The log is loaded again within the process, which knows what it has flushed. */
        private void failToWrite() throws IOException {
            endFlush();
            disk.failWriteAfter(0);
            ByteBuffer batch = driver.batch(1 + random.nextInt(8), random.nextInt(400), driver.time.wallMs());
            boolean failed = false;
            try {
                failed = driver.offer(batch, epoch) instanceof AppendResult.SegmentFull;
                disk.failWriteAfter(-1);
            } catch (IOException expected) {
                failed = true;
            }
            assertThat(failed).isTrue();
            releaseAll();
            log().abandon();

            driver.load(config, log().reloadPoint());

            assertThat(log().logEndOffset()).isEqualTo(model.endOffset());
            afterUncleanLoad();
        }

        /** Nothing that is buffered is trusted any more, and the process ends. */
        private void failToSync() throws IOException {
            endFlush();
            disk.failSyncAfter(random.nextInt(6));
            try {
                switch (random.nextInt(3)) {
                    case 0 -> flush();
                    case 1 -> checkpoint();
                    default -> rollIfPossible();
                }
                disk.failSyncAfter(-1);
            } catch (SyncFailed expected) {
                crashAndLoad();
            }
        }

        /** The process is killed: what is in the page cache remains. */
        private void killAndLoad() throws IOException {
            underWay = null;
            releaseAll();
            log().abandon();
            assertThat(disk.openFiles()).isZero();

            driver.load(config, new LoadPoint(log().recoveryPoint(), durableLogStart, false));

            assertThat(log().loadReport().bytesTruncated()).isZero();
            assertThat(log().logEndOffset()).isEqualTo(model.endOffset());
            afterUncleanLoad();
        }

        private void afterUncleanLoad() {
            sequences.clear();
            for (Batch batch : model.batches) {
                if (batch.header().hasProducerId()) {
                    sequences.put(batch.header().producerId(), batch.header().lastSequence() + 1);
                }
            }
            epoch = Math.max(epoch, log().leaderEpochs().latestEpoch());
            assertThat(disk.openFiles()).isEqualTo(1);
        }

        // ---- read

        private long anyUpTo() {
            return switch (random.nextInt(3)) {
                case 0 -> log().flushedOffset();
                case 1 -> model.endOffset();
                default -> random.nextLong(model.endOffset() + 1);
            };
        }

        private void read() throws IOException {
            if (log().logStartOffset() == model.endOffset()) {
                assertThat(driver.read(model.endOffset(), 100, true, model.endOffset()))
                        .isEmpty();
                return;
            }
            long offset = anyOffset();
            int maxBytes = 1 + random.nextInt(random.nextBoolean() ? 2_000 : 60_000);
            boolean atLeastOne = random.nextBoolean();
            long upTo = anyUpTo();

            byte[] read = driver.read(offset, maxBytes, atLeastOne, upTo);

            List<Batch> expected = model.visible(offset, upTo);
            assertThat(read).isEqualTo(bytes(expected, read.length));
            if (!expected.isEmpty()) {
                int first = expected.getFirst().size();
                if (read.length == 0) {
                    assertThat(atLeastOne || first <= maxBytes).isFalse();
                } else {
                    assertThat(read.length).isLessThanOrEqualTo(Math.max(maxBytes, first));
                }
            }
        }

        /** The batches that make up so many bytes exactly. */
        private static byte[] bytes(List<Batch> batches, int length) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (Batch batch : batches) {
                if (bytes.size() < length) {
                    bytes.writeBytes(batch.bytes().array());
                }
            }
            return bytes.toByteArray();
        }

        private void holdOrRelease() throws IOException {
            if (held.size() > 3) {
                releaseAll();
            } else if (log().logStartOffset() < model.endOffset()) {
                long offset = anyOffset();
                LogSlice slice = driver.slice(offset, 5_000, true, model.endOffset());
                held.add(new HeldSlice(slice, model.visible(offset, model.endOffset())));
            }
        }

        private void releaseAll() throws IOException {
            for (HeldSlice slice : held) {
                assertThat(LogDriver.content(slice.slice()))
                        .isEqualTo(bytes(slice.expected(), slice.slice().sizeInBytes()));
                slice.slice().close();
            }
            held.clear();
        }

        private void lookUpTimes() throws IOException {
            long from = log().logStartOffset();
            long upTo = anyUpTo();
            long timestamp = driver.time.wallMs() - random.nextInt(20_000);

            assertThat(log().timestampLookup(timestamp, upTo).run())
                    .isEqualTo(model.firstAtOrAfter(timestamp, from, upTo));

            long max = model.maxTimestamp(from, model.endOffset());
            assertThat(log().maxTimestampLookup(model.endOffset()).run())
                    .isEqualTo(max < 0 ? TimestampOffset.NONE : model.firstAtOrAfter(max, from, model.endOffset()));
        }

        void end() throws IOException {
            releaseAll();
            endFlush();
            driver.close();
            assertThat(disk.openFiles()).isZero();
        }
    }
}
