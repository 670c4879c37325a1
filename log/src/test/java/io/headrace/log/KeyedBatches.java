package io.headrace.log;

import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * Random batches for a compacted log, with the offsets that they get, and what became of each record: few keys, some tombstones,
 * every codec, producers with and without transactions, markers that commit and abort.
 */
final class KeyedBatches {

    private static final int PRODUCERS = 5;
    private static final int TRANSACTIONAL_FROM = 2;

    /** A record as it was appended; {@code value} null is a tombstone. */
    record Sent(long offset, String key, String value, long timestamp) {}

    private final SplittableRandom random;
    private final int keys;

    /** Records that count: outside of transactions, or of one that was committed. */
    final NavigableMap<Long, Sent> committed = new TreeMap<>();

    /** All of them. */
    final NavigableMap<Long, Sent> sent = new TreeMap<>();

    private final Map<Long, List<Sent>> open = new HashMap<>();
    private final int[] sequences = new int[PRODUCERS];
    private final short[] epochs = new short[PRODUCERS];

    KeyedBatches(SplittableRandom random, int keys) {
        this.random = random;
        this.keys = keys;
    }

    /** The next batch, which begins at the offset. */
    ByteBuffer next(long baseOffset, long nowMs) {
        int producer = random.nextInt(PRODUCERS + 2);
        if (producer >= TRANSACTIONAL_FROM && open.containsKey((long) producer) && random.nextInt(3) == 0) {
            return end(producer, baseOffset, nowMs);
        }
        if (producer < PRODUCERS && !open.containsKey((long) producer) && random.nextInt(10) == 0) {
            epochs[producer]++;
            sequences[producer] = 0;
        }
        List<Sent> records = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String key = "k" + random.nextInt(keys);
            String value =
                    random.nextInt(4) == 0 ? null : key + "@" + (baseOffset + i) + "x".repeat(random.nextInt(60));
            records.add(new Sent(baseOffset + i, key, value, nowMs - random.nextInt(50)));
        }
        boolean transactional = producer >= TRANSACTIONAL_FROM && producer < PRODUCERS;
        records.forEach(record -> sent.put(record.offset(), record));
        if (transactional) {
            open.computeIfAbsent((long) producer, _ -> new ArrayList<>()).addAll(records);
        } else {
            records.forEach(record -> committed.put(record.offset(), record));
        }
        return batch(records, baseOffset, producer, transactional, nowMs);
    }

    private ByteBuffer batch(List<Sent> records, long baseOffset, int producer, boolean transactional, long nowMs) {
        boolean known = producer < PRODUCERS;
        boolean stamped = random.nextInt(5) == 0;
        MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
                ByteBuffer.allocate(2048),
                RecordBatch.MAGIC,
                Compression.of(CompressionType.forId(random.nextInt(5))).build(),
                stamped ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                baseOffset,
                stamped ? nowMs : RecordBatch.NO_TIMESTAMP,
                known ? 1000 + producer : RecordBatch.NO_PRODUCER_ID,
                known ? epochs[producer] : RecordBatch.NO_PRODUCER_EPOCH,
                known ? sequences[producer] : RecordBatch.NO_SEQUENCE,
                transactional,
                false,
                0,
                2048);
        for (Sent record : records) {
            builder.appendWithOffset(
                    record.offset(),
                    new SimpleRecord(
                            record.timestamp(),
                            bytes(record.key()),
                            record.value() == null ? null : bytes(record.value())));
        }
        if (known) {
            sequences[producer] += records.size();
        }
        return builder.build().buffer();
    }

    private ByteBuffer end(int producer, long baseOffset, long nowMs) {
        boolean commit = random.nextBoolean();
        List<Sent> records = open.remove((long) producer);
        if (commit) {
            records.forEach(record -> committed.put(record.offset(), record));
        }
        if (random.nextBoolean()) {
            epochs[producer]++;
            sequences[producer] = 0;
        }
        ByteBuffer marker = new TransactionMarker(1000 + producer, epochs[producer], 0, commit).batch(nowMs);
        RecordBatch batch = new RecordBatch();
        batch.wrap(marker, 0);
        batch.setBaseOffset(baseOffset);
        batch.setLeaderEpoch(0);
        return marker;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The first offset of the transactions that are open, {@code Long.MAX_VALUE} if there are none. */
    long firstOpen() {
        return open.values().stream()
                .mapToLong(records -> records.getFirst().offset())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Of each key the last record that counts. */
    Map<String, Sent> latest() {
        Map<String, Sent> latest = new TreeMap<>();
        committed.values().forEach(record -> latest.put(record.key(), record));
        return latest;
    }
}
