package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult;
import io.headrace.log.CompactionMemory;
import io.headrace.log.CompactionPass;
import io.headrace.log.CompactionPass.Progress;
import io.headrace.log.FlushTicket;
import io.headrace.log.LoadPoint;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.log.PartitionLog;
import io.headrace.log.SegmentReplacement;
import io.headrace.log.TransactionMarker;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random logs of keys, tombstones and transactions are compacted while the power goes off at any change of the disk. What can be
 * read afterwards is always what was written: every record at its offset, of every key the last value, nothing that was deleted,
 * and no offset twice. {@code -Dheadrace.seeds=N} tries more of them.
 */
class CompactionCrashTest {

    private static final int ROUNDS = 30;
    private static final int KEYS = 6;
    private static final int PRODUCERS = 3;
    private static final LogIdentity ID = new LogIdentity("topic", Uuid.ONE_UUID, 0);
    private static final Path DIRECTORY = Path.of("/data").resolve(ID.directoryName());

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 150));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostAndNothingComesBack(long seed) throws IOException {
        Life life = new Life(seed);
        for (int round = 0; round < ROUNDS; round++) {
            life.round();
        }
    }

    /** @param value null deletes the key */
    private record Sent(String key, String value, int transaction) {}

    private static final class Life {

        private static final int NO_TRANSACTION = -1;

        private final SeededRandomness random;
        private final SimulatedDisk disk;
        private final VirtualTime time = new VirtualTime();
        private final BatchBuilder builder = new BatchBuilder();
        private final TreeMap<Long, Sent> sent = new TreeMap<>();
        private final TreeMap<Long, Integer> transactionEnds = new TreeMap<>();
        private final List<Boolean> committed = new ArrayList<>();
        private final int[] openTransaction = new int[PRODUCERS];
        private final int[] sequences = new int[PRODUCERS];
        private final LogConfig config;
        private PartitionLog log;

        /** What the checkpoint files say. */
        private long savedRecoveryPoint;

        private long savedCleanedUpTo = LoadPoint.NEVER_CLEANED;

        Life(long seed) throws IOException {
            random = new SeededRandomness(seed);
            disk = new SimulatedDisk(random.fork(), new Trace());
            disk.createDirectories(DIRECTORY.getParent());
            disk.syncDirectory(Path.of("/"));
            int segmentBytes = random.between(300, 3_000);
            config = LogConfig.defaults().with(change -> {
                change.compacts = true;
                change.deletes = false;
                change.segmentBytes = segmentBytes;
                change.indexIntervalBytes = 100;
                change.deleteRetentionMs = 2_000;
            });
            log = PartitionLog.create(disk, DIRECTORY, ID, config, time);
            Arrays.fill(openTransaction, NO_TRANSACTION);
        }

        void round() throws IOException {
            for (int i = random.between(1, 30); i > 0; i--) {
                append();
            }
            if (random.below(4) > 0) {
                checkpoint();
            } else {
                flush();
            }
            time.advance(random.between(0, 3_000));
            disk.crashAfter(random.coin() ? random.between(1, 60) : Long.MAX_VALUE / 2);
            try {
                compact();
                if (random.coin()) {
                    time.advance(3_000);
                    compact();
                }
                verify();
            } catch (PowerLoss off) {
                disk.restart();
                log = PartitionLog.load(
                        disk,
                        DIRECTORY,
                        ID,
                        config,
                        time,
                        new LoadPoint(savedRecoveryPoint, 0, false).cleaned(savedCleanedUpTo));
                verify();
            }
            disk.crashAfter(Long.MAX_VALUE / 2);
        }

        // ---- append

        private void append() throws IOException {
            time.advance(random.between(0, 20));
            int producer = random.below(PRODUCERS + 2);
            if (producer < PRODUCERS && openTransaction[producer] != NO_TRANSACTION && random.oneIn(3)) {
                end(producer);
                return;
            }
            int transaction = NO_TRANSACTION;
            if (producer < PRODUCERS) {
                transaction = openTransaction[producer];
                if (transaction == NO_TRANSACTION) {
                    transaction = committed.size();
                    committed.add(false);
                    openTransaction[producer] = transaction;
                }
            }
            long offset = log.logEndOffset();
            int records = random.between(1, 4);
            for (int i = 0; i < records; i++) {
                String key = "k" + random.below(KEYS);
                String value = random.oneIn(3) ? null : key + "@" + (offset + i);
                builder.append(time.wallMs(), bytes(key), value == null ? null : bytes(value));
                sent.put(offset + i, new Sent(key, value, transaction));
            }
            if (producer < PRODUCERS) {
                builder.producer(producer, (short) 0, sequences[producer]).transactional();
                sequences[producer] += records;
            }
            follow(builder.build(offset, 0));
        }

        private void end(int producer) throws IOException {
            boolean commit = random.coin();
            ByteBuffer marker = new TransactionMarker(producer, (short) 0, 0, commit).batch(time.wallMs());
            RecordBatch batch = new RecordBatch();
            batch.wrap(marker, 0);
            batch.setBaseOffset(log.logEndOffset());
            batch.setLeaderEpoch(0);
            transactionEnds.put(log.logEndOffset(), openTransaction[producer]);
            committed.set(openTransaction[producer], commit);
            openTransaction[producer] = NO_TRANSACTION;
            follow(marker);
        }

        private void follow(ByteBuffer batch) throws IOException {
            AppendResult result = log.appendAsFollower(batch);
            if (result instanceof AppendResult.SegmentFull) {
                log.rolled(log.beginRoll().run());
                result = log.appendAsFollower(batch);
            }
            assertThat(result).isInstanceOf(AppendResult.Appended.class);
        }

        private static ByteBuffer bytes(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        // ---- tickets

        private void flush() throws IOException {
            FlushTicket ticket = log.beginFlush();
            if (ticket != null) {
                log.flushed(ticket.run());
            }
        }

        private void checkpoint() throws IOException {
            FlushTicket ticket = log.beginCheckpoint();
            if (ticket != null) {
                log.flushed(ticket.run());
            }
            savedRecoveryPoint = log.recoveryPoint();
        }

        private void compact() throws IOException {
            long stable = Math.min(log.lastStableOffset(log.flushedOffset()), savedRecoveryPoint);
            CompactionPass pass = log.beginCompaction(
                    stable, log.flushedOffset(), new CompactionMemory(random.between(100, 3_000), 0.9));
            boolean over = pass == null;
            while (!over) {
                switch (pass.run()) {
                    case Progress.Worked(long _) -> {}
                    case Progress.Ready(SegmentReplacement replacement, long _) -> {
                        assertThat(log.beginReplacement(replacement)).isTrue();
                        if (random.oneIn(4)) {
                            verify();
                        }
                        log.replaced(replacement.run());
                    }
                    case Progress.Finished() -> {
                        log.compacted(pass);
                        savedCleanedUpTo = random.coin() ? log.cleanedUpTo() : savedCleanedUpTo;
                        over = true;
                    }
                    case Progress.Overtaken() -> throw new AssertionError("nothing is deleted");
                }
            }
        }

        // ---- what can be read

        private void verify() throws IOException {
            assertThat(log.logEndOffset()).isEqualTo(sent.isEmpty() ? 0 : end());
            NavigableMap<Long, Sent> found = read();
            Map<String, String> expected = new TreeMap<>();
            Map<String, String> actual = new TreeMap<>();
            long stable = log.lastStableOffset(log.logEndOffset());
            sent.headMap(stable).forEach((_, record) -> apply(record, expected));
            found.headMap(stable).forEach((_, record) -> apply(record, actual));
            assertThat(actual).isEqualTo(expected);
            found.forEach((offset, record) -> assertThat(record).isEqualTo(sent.get(offset)));
        }

        private long end() {
            long afterRecords = sent.lastKey() + 1;
            return transactionEnds.isEmpty() ? afterRecords : Math.max(afterRecords, transactionEnds.lastKey() + 1);
        }

        private void apply(Sent record, Map<String, String> state) {
            if (record.transaction() != NO_TRANSACTION && !committed.get(record.transaction())) {
                return;
            }
            if (record.value() == null) {
                state.remove(record.key());
            } else {
                state.put(record.key(), record.value());
            }
        }

        /** Everything from the start on, in order, each read from the end of the last. */
        private NavigableMap<Long, Sent> read() throws IOException {
            NavigableMap<Long, Sent> found = new TreeMap<>();
            long offset = log.logStartOffset();
            while (offset < log.logEndOffset()) {
                ByteBuffer bytes;
                try (LogSlice slice = slice(offset)) {
                    bytes = slice.read();
                }
                if (!bytes.hasRemaining()) {
                    return found;
                }
                RecordBatch batch = new RecordBatch();
                for (int at = 0; at < bytes.limit(); at += batch.sizeInBytes()) {
                    assertThat(batch.wrap(bytes, at)).isEqualTo(BatchStatus.WHOLE);
                    assertThat(batch.crcIsValid()).isTrue();
                    assertThat(batch.lastOffset()).isGreaterThanOrEqualTo(offset);
                    offset = batch.nextOffset();
                    if (!batch.isControl()) {
                        take(batch, found);
                    }
                }
            }
            return found;
        }

        private LogSlice slice(long offset) throws IOException {
            return switch (log.read(offset, 500, true, log.logEndOffset())) {
                case LogRead.Hot(LogSlice slice) -> slice;
                case LogRead.Cold(var cold) -> {
                    LogSlice slice = cold.run();
                    log.completed(cold);
                    yield slice;
                }
                case LogRead.OutOfRange() -> throw new AssertionError(offset + " is out of range");
            };
        }

        private void take(RecordBatch batch, Map<Long, Sent> found) {
            RecordCursor records = new RecordCursor();
            records.open(batch);
            while (records.next()) {
                Sent original = sent.get(records.offset());
                assertThat(original).isNotNull();
                String value = records.value() == null ? null : text(records.value());
                found.put(records.offset(), new Sent(text(records.key()), value, original.transaction()));
            }
        }

        private static String text(ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes).toString();
        }
    }
}
