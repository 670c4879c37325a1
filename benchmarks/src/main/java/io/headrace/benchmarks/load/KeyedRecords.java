package io.headrace.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Batches of records of 1 KB, the keys drawn from so many, the same ones in every run. Used by one thread. */
public final class KeyedRecords {

    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] value = new byte[Requests.RECORD_BYTES];
    private final int keys;
    private final int recordsPerBatch;

    public KeyedRecords(int keys, int recordsPerBatch) {
        this.keys = keys;
        this.recordsPerBatch = recordsPerBatch;
        random.nextBytes(value);
    }

    public MemoryRecords batch() {
        SimpleRecord[] records = new SimpleRecord[recordsPerBatch];
        long now = System.currentTimeMillis();
        for (int i = 0; i < records.length; i++) {
            byte[] key = ByteBuffer.allocate(Long.BYTES)
                    .putLong(random.nextInt(keys))
                    .array();
            records[i] = new SimpleRecord(now, key, value);
        }
        return MemoryRecords.withRecords(Compression.NONE, records);
    }
}
