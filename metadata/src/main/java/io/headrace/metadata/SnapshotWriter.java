package io.headrace.metadata;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import io.headrace.wire.BatchBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.kafka.common.message.SnapshotFooterRecord;
import org.apache.kafka.common.message.SnapshotHeaderRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * Writes an image as a file of batches: a header in a control batch, the records that make the image, a footer in a
 * control batch. Nobody sees the file under its name before all of it is durable. Runs on a disk thread.
 */
final class SnapshotWriter {

    /** Kinds of control records. */
    static final short HEADER = 3;

    static final short FOOTER = 4;

    private static final short CONTROL_KEY_VERSION = 0;
    private static final short CONTROL_VALUE_VERSION = 0;

    private final DiskFile file;
    private final long timestampMs;
    private final int epoch;
    private final BatchBuilder batch = new BatchBuilder();
    private long nextOffset;
    private long position;

    private SnapshotWriter(DiskFile file, int epoch, long timestampMs) {
        this.file = file;
        this.epoch = epoch;
        this.timestampMs = timestampMs;
    }

    /**
     * Writes the snapshot and returns its size in bytes.
     *
     * @param timestampMs of the last record that the image holds
     */
    static long write(Disk disk, Path directory, SnapshotName name, MetadataImage image, long timestampMs)
            throws IOException {
        Path target = name.in(directory);
        Path part = target.resolveSibling(name + SnapshotName.PART);
        disk.delete(part);
        SnapshotWriter writer;
        try (DiskFile file = disk.create(part)) {
            writer = new SnapshotWriter(file, name.epoch(), timestampMs);
            writer.write(image);
            file.sync();
        }
        disk.rename(part, target);
        disk.syncDirectory(directory);
        return writer.position;
    }

    private void write(MetadataImage image) throws IOException {
        control(HEADER, new SnapshotHeaderRecord().setLastContainedLogTimestamp(timestampMs));
        ImageRecords records = new ImageRecords(image);
        for (ApiMessage record = records.next(); record != null; record = records.next()) {
            batch.append(timestampMs, null, RecordFrame.write(record));
            if (batch.sizeInBytes() >= Limits.SNAPSHOT_BATCH_BYTES) {
                endBatch();
            }
        }
        endBatch();
        control(FOOTER, new SnapshotFooterRecord());
    }

    private void control(short kind, ApiMessage value) throws IOException {
        ByteBuffer key = ByteBuffer.allocate(2 * Short.BYTES)
                .putShort(CONTROL_KEY_VERSION)
                .putShort(kind)
                .flip();
        batch.control().append(timestampMs, key, bytes(value));
        endBatch();
    }

    private static ByteBuffer bytes(ApiMessage value) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        value.addSize(size, cache, CONTROL_VALUE_VERSION);
        ByteBufferAccessor target = new ByteBufferAccessor(ByteBuffer.allocate(size.totalSize()));
        value.write(target, cache, CONTROL_VALUE_VERSION);
        target.flip();
        return target.buffer();
    }

    private void endBatch() throws IOException {
        int count = batch.recordCount();
        if (count == 0) {
            return;
        }
        ByteBuffer bytes = batch.build(nextOffset, epoch);
        int size = bytes.remaining();
        file.write(bytes, position);
        nextOffset += count;
        position += size;
    }
}
