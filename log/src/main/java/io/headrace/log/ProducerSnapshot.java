package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Kafka's {@code .snapshot} file, version 1: the producers of a log as of the offset in the file's name, each with its
 * latest batch only. Layout: version (int16), CRC-32C of what follows (int32), count (int32), then per producer its id,
 * epoch, last sequence, last offset, offset delta, timestamp, coordinator epoch and start of the open transaction.
 *
 * <p>Behind that, where Kafka does not look but its checksum does, stand all the batches that are remembered of each
 * producer: their number (int8), then of each its last sequence, last offset, offset delta and timestamp. Without them a
 * producer whose five batches under way lie before a snapshot could not send them again after a restart: all but the
 * latest would be out of order. A file that Kafka wrote has nothing there.
 */
public final class ProducerSnapshot {

    private static final short VERSION = 1;
    private static final int CRC_AT = Short.BYTES;
    private static final int COUNT_AT = CRC_AT + Integer.BYTES;
    private static final int ENTRIES_AT = COUNT_AT + Integer.BYTES;

    private ProducerSnapshot() {}

    /** The bytes of the file; for the owner of the states. */
    public static ByteBuffer encode(ProducerStates states) {
        List<ProducerEntry> entries = states.entries();
        int size = ENTRIES_AT + entries.size() * ProducerEntry.SNAPSHOT_BYTES;
        for (ProducerEntry entry : entries) {
            size += entry.batchesBytes();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putShort(VERSION).putInt(0).putInt(entries.size());
        for (ProducerEntry entry : entries) {
            entry.writeTo(bytes);
        }
        for (ProducerEntry entry : entries) {
            entry.writeBatchesTo(bytes);
        }
        bytes.putInt(CRC_AT, crcOf(bytes));
        return bytes.flip();
    }

    /** Writes the file and makes its content durable, on a disk thread; the directory is left to the caller. */
    public static void write(Disk disk, Path file, ByteBuffer encoded) throws IOException {
        disk.delete(file);
        try (DiskFile target = disk.create(file)) {
            target.write(encoded, 0);
            Durable.sync(target, file);
        }
    }

    /**
     * Adds to the states what the file holds of producers that have not expired. False, with nothing added, if the file is
     * damaged: then an older one will do, with more of the log to read again.
     */
    public static boolean read(Disk disk, Path file, ProducerStates into, long wallMs) throws IOException {
        ByteBuffer bytes = content(disk, file);
        if (!isWhole(bytes)) {
            return false;
        }
        List<ProducerEntry> entries = entries(bytes);
        if (entries == null) {
            return false;
        }
        for (ProducerEntry entry : entries) {
            if (!into.hasExpired(entry, wallMs)) {
                into.restore(entry);
            }
        }
        return true;
    }

    /** Null if it makes no sense. */
    private static List<ProducerEntry> entries(ByteBuffer bytes) {
        int count = bytes.getInt(COUNT_AT);
        List<ProducerEntry> entries = new ArrayList<>(count);
        bytes.position(ENTRIES_AT);
        for (int i = 0; i < count; i++) {
            entries.add(ProducerEntry.readFrom(bytes));
        }
        if (bytes.hasRemaining()) {
            for (ProducerEntry entry : entries) {
                if (!entry.readBatchesFrom(bytes)) {
                    return null;
                }
            }
        }
        return bytes.hasRemaining() ? null : entries;
    }

    private static ByteBuffer content(Disk disk, Path file) throws IOException {
        try (DiskFile source = disk.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(source.size()));
            source.read(bytes, 0);
            return bytes;
        }
    }

    private static boolean isWhole(ByteBuffer bytes) {
        return bytes.capacity() >= ENTRIES_AT
                && !bytes.hasRemaining()
                && bytes.getShort(0) == VERSION
                && bytes.getInt(COUNT_AT) >= 0
                && bytes.capacity() >= ENTRIES_AT + (long) bytes.getInt(COUNT_AT) * ProducerEntry.SNAPSHOT_BYTES
                && bytes.getInt(CRC_AT) == crcOf(bytes);
    }

    private static int crcOf(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(COUNT_AT, bytes.capacity() - COUNT_AT));
        return (int) crc.getValue();
    }
}
