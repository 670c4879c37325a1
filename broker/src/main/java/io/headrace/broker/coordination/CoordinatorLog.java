package io.headrace.broker.coordination;

import io.headrace.coordination.Origin;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Replay;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.MalformedMessage;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.nio.ByteBuffer;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;

/** Takes the records of a coordinator's partition to a core or to whoever else wants them, in their order. For one thread at a time. */
public final class CoordinatorLog {

    private final RecordCodec codec;
    private final Replay core;
    private final RecordBatch batch = new RecordBatch();

    public CoordinatorLog(RecordCodec codec, Replay core) {
        this.codec = codec;
        this.core = core;
    }

    /**
     * Takes the records from one offset to another.
     *
     * @param batches whole ones, the first of which may begin before the offset
     * @return the offset that follows the last batch
     * @throws MalformedMessage if a record cannot be read
     */
    public long replay(ByteBuffer batches, long from, long end) {
        long next = from;
        BatchStatus status = batch.wrap(batches, batches.position());
        while (status == BatchStatus.WHOLE) {
            if (batch.isControl()) {
                replayMarkers(from, end);
            } else if (batch.compression() == io.headrace.wire.CompressionCodec.NONE) {
                replayRecords(from, end);
            } else {
                replayCompressed(from, end);
            }
            next = batch.nextOffset();
            status = batch.wrapNext();
        }
        if (status != BatchStatus.END) {
            throw new MalformedMessage("a batch of the coordinator's log after offset " + next + " is " + status);
        }
        return next;
    }

    private void replayRecords(long from, long end) {
        Origin origin = origin();
        try (RecordCursor cursor = new RecordCursor()) {
            cursor.open(batch);
            while (cursor.next()) {
                if (cursor.offset() >= from && cursor.offset() < end) {
                    take(cursor.key(), cursor.value(), origin);
                }
            }
        }
    }

    /** Not written by Headrace, but a directory of Kafka's may hold them. */
    private void replayCompressed(long from, long end) {
        Origin origin = origin();
        for (Record record : kafkaRecords()) {
            if (record.offset() >= from && record.offset() < end) {
                take(record.key(), record.value(), origin);
            }
        }
    }

    private void replayMarkers(long from, long end) {
        for (Record record : kafkaRecords()) {
            if (record.offset() >= from && record.offset() < end) {
                switch (ControlRecordType.parse(record.key())) {
                    case COMMIT -> core.applyMarker(batch.producerId(), batch.producerEpoch(), true);
                    case ABORT -> core.applyMarker(batch.producerId(), batch.producerEpoch(), false);
                    default -> {}
                }
            }
        }
    }

    private Iterable<Record> kafkaRecords() {
        ByteBuffer bytes = batch.buffer().slice(batch.position(), batch.sizeInBytes());
        return MemoryRecords.readableRecords(bytes).records();
    }

    private Origin origin() {
        return batch.isTransactional() ? new Origin(batch.producerId(), batch.producerEpoch()) : Origin.NONE;
    }

    private void take(ByteBuffer key, ByteBuffer value, Origin origin) {
        if (key == null) {
            throw new MalformedMessage("a record of the coordinator's log has no key");
        }
        codec.read(key, value).ifPresent(record -> core.apply(record, origin));
    }
}
