package io.headrace.broker.adoption;

import io.headrace.metadata.RecordReplay;
import io.headrace.metadata.SnapshotName;
import io.headrace.metadata.adoption.KraftMetadata;
import io.headrace.metadata.adoption.NotAdoptable;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads Apache Kafka's metadata: the newest snapshot that is whole and the log behind it, without changing either. A batch
 * at the end that is not whole was never committed. For one thread.
 */
final class KraftLog {

    private static final Pattern SEGMENT = Pattern.compile("\\d{20}\\.log");
    private static final String SEGMENT_SUFFIX = ".log";
    private static final short SNAPSHOT_FOOTER = 4;

    private final Disk disk;
    private final Path directory;
    private final NavigableSet<SnapshotName> snapshots = new TreeSet<>();
    private final NavigableSet<Long> segments = new TreeSet<>();

    private KraftLog(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    static KraftMetadata read(Disk disk, Path directory) throws IOException {
        KraftLog log = new KraftLog(disk, directory);
        for (String name : disk.list(directory)) {
            SnapshotName snapshot = SnapshotName.parse(name);
            if (snapshot != null) {
                log.snapshots.add(snapshot);
            } else if (SEGMENT.matcher(name).matches()) {
                log.segments.add(Long.valueOf(name.substring(0, name.length() - SEGMENT_SUFFIX.length())));
            }
        }
        return log.read();
    }

    private KraftMetadata read() throws IOException {
        for (SnapshotName snapshot : snapshots.descendingSet()) {
            KraftMetadata metadata = new KraftMetadata();
            if (readSnapshot(snapshot.in(directory), metadata)) {
                readLog(snapshot.endOffset(), metadata);
                return metadata;
            }
        }
        KraftMetadata metadata = new KraftMetadata();
        readLog(0, metadata);
        return metadata;
    }

    /** False if it is not whole, which its last record would tell. */
    private boolean readSnapshot(Path file, KraftMetadata metadata) throws IOException {
        RecordReplay replay = new RecordReplay(metadata);
        long end = 0;
        try (DiskFile open = disk.open(file)) {
            WholeBatches batches = new WholeBatches(open);
            for (ByteBuffer next = batches.next(); next != null; next = batches.next()) {
                end = replay.apply(next, file, end);
            }
            return batches.end() == open.size() && replay.lastControlKind() == SNAPSHOT_FOOTER;
        }
    }

    private void readLog(long from, KraftMetadata metadata) throws IOException {
        Long first = segments.floor(from);
        if (first == null) {
            if (segments.isEmpty()) {
                return;
            }
            throw new NotAdoptable("the metadata in " + directory + " is damaged: the log begins at offset "
                    + segments.first() + ", and no snapshot reaches that far");
        }
        RecordReplay replay = new RecordReplay(metadata);
        List<Long> bases = new ArrayList<>(segments.tailSet(first));
        long next = from;
        for (long base : bases) {
            next = readSegment(base, next, replay, base == bases.getLast());
        }
    }

    private long readSegment(long base, long from, RecordReplay replay, boolean last) throws IOException {
        Path file = directory.resolve(String.format("%020d", base) + SEGMENT_SUFFIX);
        long next = from;
        try (DiskFile open = disk.open(file)) {
            WholeBatches batches = new WholeBatches(open);
            for (ByteBuffer some = batches.next(); some != null; some = batches.next()) {
                skipBelow(from, some);
                next = replay.apply(some, file, next);
            }
            if (!last && batches.end() < open.size()) {
                throw new NotAdoptable(file + " is damaged at byte " + batches.end());
            }
        }
        return next;
    }

    /** What the snapshot holds already; it ends between two batches. */
    private static void skipBelow(long offset, ByteBuffer batches) {
        RecordBatch batch = new RecordBatch();
        while (batch.wrap(batches, batches.position()) == BatchStatus.WHOLE && batch.nextOffset() <= offset) {
            batches.position(batches.position() + batch.sizeInBytes());
        }
    }
}
