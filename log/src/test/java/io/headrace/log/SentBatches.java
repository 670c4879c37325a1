package io.headrace.log;

import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;

/**
 * Batches such as clients send to one partition: most of them honest, some sent again, some with a wrong sequence, old or
 * future timestamps or no key, and some with bytes changed.
 */
final class SentBatches {

    private static final int PRODUCERS = 3;
    private static final int REMEMBERED = 8;

    private final RandomGenerator random;
    private final long nowMs;
    private final List<ByteBuffer> earlier = new ArrayList<>();
    private final short[] epochs = new short[PRODUCERS];
    private final int[] sequences = new int[PRODUCERS];

    /** The producer of the batch that has been sent last, -1 if it was none, or not an honest one. */
    private int pending = -1;

    private boolean damaged;
    private short pendingEpoch;
    private int pendingSequence;

    SentBatches(RandomGenerator random, long nowMs) {
        this.random = random;
        this.nowMs = nowMs;
        for (int i = 0; i < PRODUCERS; i++) {
            sequences[i] = random.nextBoolean() ? 0 : Integer.MAX_VALUE - random.nextInt(20);
        }
    }

    /** A batch in a buffer that the caller leaves as it is. */
    ByteBuffer next() {
        pending = -1;
        damaged = false;
        if (!earlier.isEmpty() && random.nextInt(5) == 0) {
            return earlier.get(random.nextInt(earlier.size()));
        }
        ByteBuffer batch = build();
        if (random.nextInt(6) == 0) {
            pending = -1;
            damaged = true;
            return damage(batch);
        }
        earlier.add(batch);
        if (earlier.size() > REMEMBERED) {
            earlier.removeFirst();
        }
        return batch;
    }

    /** Whether bytes of the last batch have been changed. */
    boolean damaged() {
        return damaged;
    }

    /** The producer of the last batch learns that it was taken. */
    void answered(AppendResult result) {
        if (pending >= 0 && result instanceof AppendResult.Appended) {
            epochs[pending] = pendingEpoch;
            sequences[pending] = pendingSequence;
        }
    }

    private ByteBuffer build() {
        int count = 1 + random.nextInt(4);
        long producerId = RecordBatch.NO_PRODUCER_ID;
        short epoch = RecordBatch.NO_PRODUCER_EPOCH;
        int sequence = RecordBatch.NO_SEQUENCE;
        if (random.nextInt(4) > 0) {
            pending = random.nextInt(PRODUCERS);
            producerId = 1000L + pending;
            boolean newEpoch = random.nextInt(10) == 0;
            epoch = (short) Math.max(0, epochs[pending] + (newEpoch ? random.nextInt(3) - 1 : 0));
            sequence = newEpoch && random.nextBoolean() ? 0 : sequences[pending];
            if (random.nextInt(10) == 0) {
                sequence = RecordBatch.addToSequence(sequence, random.nextInt(5) - 2);
            }
            pendingEpoch = epoch;
            pendingSequence = RecordBatch.addToSequence(sequence, count);
        }
        Compression compression =
                Compression.of(CompressionType.forId(random.nextInt(5))).build();
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(1024),
                RecordBatch.MAGIC,
                compression,
                TimestampType.CREATE_TIME,
                0,
                RecordBatch.NO_TIMESTAMP,
                producerId,
                epoch,
                sequence,
                pending >= 0 && random.nextInt(20) == 0,
                RecordBatch.NO_LEADER_EPOCH);
        boolean strange = random.nextInt(4) == 0;
        for (int i = 0; i < count; i++) {
            builder.append(timestamp(strange), key(strange), value(), headers());
        }
        return builder.build().buffer();
    }

    private long timestamp(boolean strange) {
        if (!strange) {
            return nowMs - random.nextInt(10_000);
        }
        return switch (random.nextInt(5)) {
            case 0 -> -1;
            case 1 -> nowMs - 7_200_000;
            case 2 -> nowMs + 7_200_000;
            default -> nowMs + random.nextInt(10_000);
        };
    }

    private byte[] key(boolean strange) {
        return strange && random.nextInt(4) == 0 ? null : new byte[random.nextInt(10)];
    }

    private byte[] value() {
        if (random.nextInt(6) == 0) {
            return null;
        }
        byte[] value = new byte[random.nextInt(100)];
        if (random.nextBoolean()) {
            random.nextBytes(value);
        }
        return value;
    }

    private Header[] headers() {
        Header[] headers = new Header[random.nextInt(3)];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = new RecordHeader("h" + i, random.nextBoolean() ? null : new byte[i]);
        }
        return headers;
    }

    private ByteBuffer damage(ByteBuffer honest) {
        ByteBuffer bytes =
                ByteBuffer.allocate(honest.remaining()).put(honest.duplicate()).flip();
        switch (random.nextInt(12)) {
            case 0 -> bytes.limit(random.nextInt(bytes.limit()));
            case 1 -> bytes.putLong(RecordBatch.BASE_OFFSET_AT, 1 + random.nextInt(3));
            case 2 -> bytes.putInt(RecordBatch.LENGTH_AT, random.nextInt(80));
            case 3 -> bytes.put(RecordBatch.MAGIC_AT, (byte) (random.nextInt(5) - 1));
            case 4 -> flipByte(bytes, RecordBatch.CRC_AT);
            case 5 -> resealed(bytes, RecordBatch.LAST_OFFSET_DELTA_AT, random.nextInt(5) - 1);
            case 6 -> resealed(bytes, RecordBatch.RECORD_COUNT_AT, random.nextInt(5) - 1);
            case 7 -> {
                int count = random.nextInt(6);
                bytes.putInt(RecordBatch.LAST_OFFSET_DELTA_AT, count - 1);
                resealed(bytes, RecordBatch.RECORD_COUNT_AT, count);
            }
            case 8 -> {
                // All flags but that of LogAppendTime, for which Kafka has two opinions where it must also recompress.
                bytes.putShort(RecordBatch.ATTRIBUTES_AT, (short) (random.nextInt(128) & ~0x08));
                reseal(bytes);
            }
            case 9 -> resealed(bytes, RecordBatch.BASE_SEQUENCE_AT, random.nextInt(4) - 2);
            case 10 -> {
                bytes.putLong(RecordBatch.MAX_TIMESTAMP_AT, nowMs + random.nextInt(1000));
                reseal(bytes);
            }
            default -> {
                flipByte(bytes, RecordBatch.HEADER_BYTES);
                reseal(bytes);
            }
        }
        return bytes;
    }

    private void flipByte(ByteBuffer bytes, int from) {
        int at = from + random.nextInt(bytes.limit() - from);
        bytes.put(at, (byte) (bytes.get(at) ^ (1 << random.nextInt(8))));
    }

    private static void resealed(ByteBuffer bytes, int at, int value) {
        bytes.putInt(at, value);
        reseal(bytes);
    }

    /** Makes the checksum right, as a sender's would be who means what he sends. */
    private static void reseal(ByteBuffer bytes) {
        RecordBatch batch = new RecordBatch();
        batch.wrap(bytes, 0);
        batch.updateCrc();
    }
}
