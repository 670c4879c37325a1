package io.headrace.compat.differential;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Record batches, sound and damaged, and the requests that carry them. The same bytes go to both servers. */
final class Batches {

    /** The same for the whole run, so that it is the same for both servers. */
    static final long NOW_MS = System.currentTimeMillis();

    // Where the fields of a batch lie.
    static final int LENGTH = 8;
    static final int MAGIC = 16;
    static final int CRC = 17;
    static final int ATTRIBUTES = 21;
    static final int LAST_OFFSET_DELTA = 23;
    static final int BASE_TIMESTAMP = 27;
    static final int MAX_TIMESTAMP = 35;
    static final int PRODUCER_ID = 43;
    static final int PRODUCER_EPOCH = 51;
    static final int BASE_SEQUENCE = 53;
    static final int COUNT = 57;

    private static final int PATIENCE_MS = 10_000;

    private Batches() {}

    static byte[] of(int records) {
        return of(Compression.NONE, records(records, NOW_MS));
    }

    static byte[] of(Compression compression, SimpleRecord... records) {
        return bytes(MemoryRecords.withRecords(compression, records));
    }

    static byte[] idempotent(long producerId, int epoch, int sequence, int records) {
        return changed(
                of(records),
                batch -> batch.putLong(PRODUCER_ID, producerId)
                        .putShort(PRODUCER_EPOCH, (short) epoch)
                        .putInt(BASE_SEQUENCE, sequence));
    }

    static byte[] old(byte magic) {
        return bytes(
                MemoryRecords.withRecords(magic, 0L, Compression.NONE, TimestampType.CREATE_TIME, records(3, NOW_MS)));
    }

    static SimpleRecord[] records(int count, long timestampMs) {
        SimpleRecord[] records = new SimpleRecord[count];
        for (int i = 0; i < count; i++) {
            records[i] = new SimpleRecord(timestampMs + i, text("key " + i), text("value " + i));
        }
        return records;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Changed, and with a checksum that fits what it has become. */
    static byte[] changed(byte[] batch, Consumer<ByteBuffer> change) {
        byte[] changed = batch.clone();
        change.accept(ByteBuffer.wrap(changed));
        return summed(changed);
    }

    static byte[] summed(byte[] batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch, ATTRIBUTES, batch.length - ATTRIBUTES);
        ByteBuffer.wrap(batch).putInt(CRC, (int) crc.getValue());
        return batch;
    }

    static byte[] joined(byte[]... batches) {
        int length = 0;
        for (byte[] batch : batches) {
            length += batch.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] batch : batches) {
            joined.put(batch);
        }
        return joined.array();
    }

    private static byte[] bytes(MemoryRecords records) {
        byte[] bytes = new byte[records.sizeInBytes()];
        records.buffer().get(0, bytes);
        return bytes;
    }

    /** A produce of one batch to one partition; the topic goes by its id where the version wants that. */
    static ProduceRequestData produce(Witness witness, short version, String topic, int partition, byte[] batch) {
        return produce(part(witness, version, topic, partition, batch));
    }

    static ProduceRequestData produce(TopicProduceData... parts) {
        return new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(PATIENCE_MS)
                .setTopicData(new TopicProduceDataCollection(List.of(parts).iterator()));
    }

    static TopicProduceData part(Witness witness, short version, String topic, int partition, byte[]... batches) {
        List<PartitionProduceData> partitions = new ArrayList<>();
        for (byte[] batch : batches) {
            partitions.add(new PartitionProduceData()
                    .setIndex(partition)
                    .setRecords(batch == null ? null : MemoryRecords.readableRecords(ByteBuffer.wrap(batch))));
        }
        TopicProduceData data = new TopicProduceData().setPartitionData(partitions);
        return version < 13 ? data.setName(topic) : data.setTopicId(witness.topicId(topic));
    }
}
