package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.ProducerStates.Standing;
import io.headrace.testing.MemoryDisk;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random transactions of several producers in one log, with rolls, restarts, kills and power losses: a read_committed reader
 * sees what was committed, and nothing else. {@code -Dheadrace.seeds=N} tries more of them.
 */
class TransactionsPropertyTest {

    private static final int STEPS = 300;
    private static final int PRODUCERS = 4;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aReaderSeesWhatWasCommitted(long seed) throws IOException {
        Life life = new Life(seed);
        for (int step = 0; step < STEPS; step++) {
            life.step();
        }
        life.driver.close();
    }

    /** A batch in the log; {@code transactional} and {@code commit} of a marker say how it is one. */
    private record Entry(long first, long last, int producer, boolean transactional, boolean marker, boolean commit) {}

    /** What a client knows of itself. */
    private static final class Client {
        private final int id;
        private final boolean bumpsEpoch;
        private short epoch;
        private int sequence;
        private boolean open;

        Client(int id) {
            this.id = id;
            this.bumpsEpoch = id % 2 == 1;
        }
    }

    private static final class Life {
        private final SplittableRandom random;
        private final MemoryDisk disk = new MemoryDisk();
        private final List<Entry> entries = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private final BatchBuilder builder = new BatchBuilder();
        private final LogDriver driver;
        private final LogConfig config;
        private long highWatermark;

        Life(long seed) throws IOException {
            random = new SplittableRandom(seed);
            config = LogConfig.defaults().with(change -> {
                change.segmentBytes = 1_000 + random.nextInt(9_000);
                change.indexIntervalBytes = random.nextInt(500);
                change.retentionMs = -1;
            });
            driver = LogDriver.created(disk, config);
            for (int i = 0; i < PRODUCERS; i++) {
                clients.add(new Client(i));
            }
        }

        void step() throws IOException {
            driver.time.pass(random.nextInt(100));
            Client client = clients.get(random.nextInt(PRODUCERS));
            switch (random.nextInt(20)) {
                case 0, 1 -> driver.flush();
                case 2 -> driver.checkpoint();
                case 3 -> roll();
                case 4 -> closeAndLoad();
                case 5 -> crashAndLoad();
                case 6 -> killAndLoad();
                case 7, 8, 9 -> end(client);
                case 10 -> appendPlain();
                case 11 -> writeUnverified(client);
                default -> appendInTransaction(client);
            }
            check();
        }

        // ---- append

        private void appendInTransaction(Client client) throws IOException {
            AppendOrigin origin = new AppendOrigin.Client(12, verification(client));
            int records = 1 + random.nextInt(3);
            add(records, driver.append(batch(client, records), origin), client.id, true);
            client.sequence += records;
            client.open = true;
        }

        private Verification verification(Client client) {
            Standing standing = driver.log
                    .producers()
                    .standing(
                            producerId(client), client.epoch, client.sequence, client.bumpsEpoch, driver.time.wallMs());
            return switch (standing) {
                case Standing.InTransaction() -> {
                    assertThat(client.open).isTrue();
                    yield null;
                }
                case Standing.Unverified(Verification verification) -> {
                    assertThat(client.open).isFalse();
                    yield verification;
                }
                case Standing.Fenced(Rejected answer) -> throw new AssertionError(answer);
            };
        }

        /** A late batch does not begin a transaction, even if it was verified before the last one ended. */
        private void writeUnverified(Client client) throws IOException {
            if (client.open) {
                return;
            }
            Verification early = random.nextBoolean() ? verification(client) : null;
            if (early != null) {
                appendInTransaction(client);
                end(client);
            }
            AppendResult result = driver.append(batch(client, 1), new AppendOrigin.Client(11, early));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.error()).isEqualTo(ErrorCode.INVALID_TXN_STATE));
        }

        private ByteBuffer batch(Client client, int records) {
            appendRecords(records);
            builder.producer(producerId(client), client.epoch, client.sequence).transactional();
            return builder.build(0, RecordBatch.NO_LEADER_EPOCH);
        }

        private void appendPlain() throws IOException {
            int records = 1 + random.nextInt(3);
            appendRecords(records);
            ByteBuffer batch = builder.build(0, RecordBatch.NO_LEADER_EPOCH);
            add(records, driver.append(batch, AppendOrigin.Client.of(12)), -1, false);
        }

        private void appendRecords(int records) {
            for (int i = 0; i < records; i++) {
                byte[] value = "x".repeat(random.nextInt(100)).getBytes(StandardCharsets.UTF_8);
                builder.append(driver.time.wallMs(), null, ByteBuffer.wrap(value));
            }
        }

        private static long producerId(Client client) {
            return 1000L + client.id;
        }

        private void add(int records, AppendResult result, int producer, boolean transactional) {
            long first = endOffset();
            assertThat(result).isEqualTo(new Appended(first, first + records - 1, -1));
            entries.add(new Entry(first, first + records - 1, producer, transactional, false, false));
        }

        /** Also of a transaction that has nothing in this log. */
        private void end(Client client) throws IOException {
            boolean commit = random.nextBoolean();
            if (client.bumpsEpoch) {
                client.epoch++;
                client.sequence = 0;
            }
            TransactionMarker marker = new TransactionMarker(producerId(client), client.epoch, 0, commit);
            AppendResult result = driver.append(
                    marker.batch(driver.time.wallMs()), new AppendOrigin.Marker(client.bumpsEpoch ? 2 : 0));
            long at = endOffset();
            assertThat(result).isEqualTo(new Appended(at, at, -1));
            entries.add(new Entry(at, at, client.id, true, true, commit));
            client.open = false;
        }

        private long endOffset() {
            return entries.isEmpty() ? 0 : entries.getLast().last() + 1;
        }

        // ---- restarts

        private void roll() throws IOException {
            if (driver.log.logEndOffset() > activeBase()) {
                driver.roll();
            }
        }

        private long activeBase() throws IOException {
            long base = 0;
            for (String name : disk.list(driver.directory)) {
                base = Math.max(base, FileNames.offsetOf(name, FileNames.LOG));
            }
            return base;
        }

        private void closeAndLoad() throws IOException {
            driver.close();
            LoadPoint point = driver.cleanPoint();
            if (random.nextBoolean()) {
                disk.crash(new SplittableRandom(random.nextLong()));
            }
            driver.load(config, point);
            assertThat(driver.log.logEndOffset()).isEqualTo(endOffset());
        }

        private void killAndLoad() throws IOException {
            LoadPoint point = driver.uncleanPoint();
            driver.log.abandon();
            driver.load(config, point);
            assertThat(driver.log.logEndOffset()).isEqualTo(endOffset());
        }

        private void crashAndLoad() throws IOException {
            LoadPoint point = driver.uncleanPoint();
            driver.log.abandon();
            disk.crash(new SplittableRandom(random.nextLong()));
            driver.load(config, point);
            long end = driver.log.logEndOffset();
            entries.removeIf(entry -> entry.last() >= end);
            highWatermark = end;
            clients.forEach(this::restart);
        }

        /** The client finds out what has become of what it wrote. */
        private void restart(Client client) {
            client.open = false;
            for (Entry entry : entries) {
                client.open = entry.producer() == client.id ? !entry.marker() : client.open;
            }
            for (ProducerEntry known : driver.log.producers().entries()) {
                if (known.producerId() == producerId(client)) {
                    client.epoch = known.epoch();
                    client.sequence = known.lastSequence() + 1;
                }
            }
            if (driver.log.producers().entries().stream().noneMatch(e -> e.producerId() == producerId(client))) {
                client.sequence = 0;
            }
        }

        // ---- what a reader sees

        private void check() throws IOException {
            long visible = random.nextInt(4) == 0 ? endOffset() : driver.log.flushedOffset();
            highWatermark = Math.max(highWatermark, visible);
            long stable = driver.log.lastStableOffset(highWatermark);
            assertThat(stable).isEqualTo(stableOffset());
            long from = random.nextLong(stable + 1);
            assertThat(read(from, stable)).isEqualTo(committed(from, stable));
        }

        private long stableOffset() {
            for (Entry entry : entries) {
                if (isRecords(entry) && entry.transactional() && endOf(entry) >= highWatermark) {
                    return Math.min(entry.first(), highWatermark);
                }
            }
            return highWatermark;
        }

        private static boolean isRecords(Entry entry) {
            return !entry.marker();
        }

        private Entry markerOf(Entry records) {
            return entries.stream()
                    .filter(entry ->
                            entry.marker() && entry.producer() == records.producer() && entry.first() > records.last())
                    .findFirst()
                    .orElse(null);
        }

        private long endOf(Entry records) {
            Entry marker = markerOf(records);
            return marker == null ? Long.MAX_VALUE : marker.first();
        }

        private List<Long> committed(long from, long upTo) {
            List<Long> offsets = new ArrayList<>();
            for (Entry entry : entries) {
                boolean counts = isRecords(entry)
                        && (!entry.transactional()
                                || (markerOf(entry) != null && markerOf(entry).commit()));
                for (long offset = entry.first(); counts && offset <= entry.last(); offset++) {
                    if (offset >= from && offset < upTo) {
                        offsets.add(offset);
                    }
                }
            }
            return offsets;
        }

        private List<Long> read(long from, long upTo) throws IOException {
            List<Long> offsets = new ArrayList<>();
            long position = from;
            while (position < upTo) {
                LogSlice slice = slice(position, upTo);
                if (slice.sizeInBytes() == 0) {
                    break;
                }
                position = CommittedReader.read(slice, position, offsets);
                slice.close();
            }
            return offsets;
        }

        private LogSlice slice(long position, long upTo) throws IOException {
            return driver.committedSlice(position, 1 + random.nextInt(2_000), upTo);
        }
    }
}
