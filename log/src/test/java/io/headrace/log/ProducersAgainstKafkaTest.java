package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult.Duplicate;
import io.headrace.testing.FileDisk;
import io.headrace.wire.RecordBatch;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.ProducerAppendInfo;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log that is replicated or read again leaves the same producers as in Kafka, transactions and fenced epochs included,
 * and snapshots that either can read.
 */
final class ProducersAgainstKafkaTest {

    private static final int BATCHES = 80;
    private static final int EXPIRATION_MS = 10_000;
    private static final long START_MS = 1_700_000_000_000L;
    private static final short TRANSACTION_VERSION = 1;

    @TempDir
    private Path directory;

    private final ProducerStates ours = new ProducerStates(EXPIRATION_MS);
    private final List<RecordBatch> appended = new ArrayList<>();
    private ProducerStateManager kafka;
    private long endOffset;
    private int sequence = Integer.MAX_VALUE - 2 * BATCHES;
    private long now = START_MS;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameLogLeavesTheSameProducers(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        kafka = manager(directory);
        for (int i = 0; i < BATCHES; i++) {
            now += random.nextInt(500);
            append(random.nextInt(4) == 0 ? marker(random) : data(random));
            if (random.nextInt(10) == 0) {
                ours.expire(now);
                kafka.removeExpiredProducers(now);
            }
            assertThat(described(ours.entries())).as("batch %d", i).isEqualTo(described(kafka.activeProducers()));
            assertSameDuplicates(ours);
        }
        assertSnapshotsAreExchanged();
    }

    private void assertSnapshotsAreExchanged() throws IOException {
        kafka.updateMapEndOffset(endOffset);
        File theirs = kafka.takeSnapshot(false).orElseThrow();
        ProducerStates read = new ProducerStates(EXPIRATION_MS);
        assertThat(ProducerSnapshot.read(new FileDisk(), theirs.toPath(), read, now))
                .isTrue();
        kafka = manager(directory);
        kafka.truncateAndReload(0, endOffset, now);
        assertThat(described(read.entries())).isEqualTo(described(kafka.activeProducers()));
        assertSameDuplicates(read);

        Path file = directory.resolve("ours.snapshot");
        ProducerSnapshot.write(new FileDisk(), file, ProducerSnapshot.encode(ours));
        Map<Long, ProducerStateEntry> entries = new HashMap<>();
        for (ProducerStateEntry entry : ProducerStateManager.readSnapshot(file.toFile())) {
            entries.put(entry.producerId(), entry);
        }
        assertThat(described(entries)).isEqualTo(described(ours.entries()));
    }

    private void assertSameDuplicates(ProducerStates states) {
        for (RecordBatch batch : appended) {
            Optional<Duplicate> expected = kafka.lastEntry(batch.producerId())
                    .filter(entry -> entry.producerEpoch() == batch.producerEpoch())
                    .flatMap(entry -> entry.batchMetadata().stream()
                            .filter(known ->
                                    known.firstSeq() == batch.baseSequence() && known.lastSeq() == batch.lastSequence())
                            .findFirst())
                    .map(known -> new Duplicate(known.firstOffset(), known.lastOffset(), known.timestamp()));
            assertThat(states.check(batch, io.headrace.log.AppendOrigin.Client.of(12))
                            .filter(Duplicate.class::isInstance))
                    .isEqualTo(expected);
        }
    }

    private void append(MemoryRecords records) {
        ByteBuffer bytes = records.buffer();
        RecordBatch batch = new RecordBatch();
        batch.wrap(bytes, 0);
        endOffset = batch.nextOffset();
        ours.append(batch);
        if (!batch.isControl()) {
            appended.add(batch);
        }

        Map<Long, ProducerAppendInfo> updates = new HashMap<>();
        records.batches()
                .forEach(theirs -> UnifiedLog.updateProducers(
                                kafka, theirs, updates, Optional.empty(), AppendOrigin.REPLICATION, TRANSACTION_VERSION)
                        .ifPresentOrElse(
                                completed -> {
                                    updates.values().forEach(kafka::update);
                                    kafka.completeTxn(completed);
                                },
                                () -> updates.values().forEach(kafka::update)));
    }

    /** The batch that a replica might find next: sequences are taken as they come, only never twice. */
    private MemoryRecords data(RandomGenerator random) {
        long producerId = random.nextInt(4);
        short epoch = (short) random.nextInt(3);
        boolean transactional = openTransaction(producerId) || random.nextInt(3) == 0;
        sequence = RecordBatch.addToSequence(sequence, 3 + random.nextInt(3));
        SimpleRecord[] records = new SimpleRecord[1 + random.nextInt(3)];
        for (int i = 0; i < records.length; i++) {
            records[i] = new SimpleRecord(now - random.nextInt(100), new byte[0]);
        }
        return transactional
                ? MemoryRecords.withTransactionalRecords(
                        endOffset, Compression.NONE, producerId, epoch, sequence, 0, records)
                : MemoryRecords.withIdempotentRecords(
                        endOffset, Compression.NONE, producerId, epoch, sequence, 0, records);
    }

    private boolean openTransaction(long producerId) {
        return ours.entries().stream()
                .anyMatch(entry -> entry.producerId() == producerId && entry.hasOpenTransaction());
    }

    private MemoryRecords marker(RandomGenerator random) {
        ControlRecordType type = random.nextBoolean() ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        return MemoryRecords.withEndTransactionMarker(
                endOffset,
                now,
                0,
                random.nextInt(4),
                (short) random.nextInt(3),
                new EndTransactionMarker(type, random.nextInt(5)));
    }

    private static ProducerStateManager manager(Path directory) throws IOException {
        return new ProducerStateManager(
                new TopicPartition("topic", 0),
                directory.toFile(),
                900_000,
                new ProducerStateManagerConfig(EXPIRATION_MS, false),
                Time.SYSTEM);
    }

    /** What is known of a producer, but for its earlier batches. */
    private record Producer(
            long id,
            short epoch,
            int coordinatorEpoch,
            long lastTimestamp,
            long transactionStartOffset,
            long lastOffset) {}

    private static List<Producer> described(List<ProducerEntry> entries) {
        List<Producer> producers = new ArrayList<>();
        for (ProducerEntry entry : entries) {
            producers.add(new Producer(
                    entry.producerId(),
                    entry.epoch(),
                    entry.coordinatorEpoch(),
                    entry.lastTimestamp(),
                    entry.transactionStartOffset(),
                    entry.lastOffset()));
        }
        return producers;
    }

    private static List<Producer> described(Map<Long, ProducerStateEntry> entries) {
        List<Producer> producers = new ArrayList<>();
        for (ProducerStateEntry entry : entries.values()) {
            OptionalLong transaction = entry.currentTxnFirstOffset();
            producers.add(new Producer(
                    entry.producerId(),
                    entry.producerEpoch(),
                    entry.coordinatorEpoch(),
                    entry.lastTimestamp(),
                    transaction.orElse(-1),
                    entry.lastDataOffset()));
        }
        producers.sort(Comparator.comparingLong(Producer::id));
        return producers;
    }
}
