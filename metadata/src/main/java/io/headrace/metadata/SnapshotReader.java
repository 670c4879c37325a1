package io.headrace.metadata;

import io.headrace.log.DamagedLog;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads a snapshot file. Runs on a disk thread. */
final class SnapshotReader {

    /** What a snapshot holds beside the records, which have been applied. */
    record Content(long bytes, long lastTimestampMs) {}

    private SnapshotReader() {}

    /** Applies the records of the snapshot, or tells where it is not whole. */
    static Content read(Disk disk, Path path, MetadataDelta delta) throws IOException {
        ByteBuffer bytes;
        try (DiskFile file = disk.open(path)) {
            bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(bytes, 0);
            bytes.flip();
        }
        RecordReplay replay = new RecordReplay(new Replaying(delta, Long.MAX_VALUE));
        long endOffset = replay.apply(bytes, path, 0);
        // A file that was cut off between two batches is found out by what it does not end with.
        if (replay.lastControlKind() != SnapshotWriter.FOOTER) {
            throw new DamagedLog(path, bytes.limit(), endOffset, "the snapshot does not end with a footer");
        }
        return new Content(bytes.limit(), replay.lastTimestampMs());
    }
}
