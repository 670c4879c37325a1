package io.headrace.broker;

import io.headrace.log.LogIdentity;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskFault;
import io.headrace.ports.DiskFile;
import io.headrace.ports.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * The directory that holds everything, laid out as Kafka lays out a log directory: {@code meta.properties} says whose it
 * is, the checkpoints say how far each log is known to be whole, and the marker of a clean stop says that none needs to be
 * looked at. Used before the shards run and after they have ended, by one thread.
 */
public final class DataDirectory {

    /** Its presence says that all logs were closed. */
    public static final String CLEAN_STOP = ".kafka_cleanshutdown";

    /** A directory that is there while an adoption is under way, and after one that was interrupted. */
    public static final String ADOPTING = ".adopting";

    private final Disk disk;
    private final Path path;
    private final MetaProperties meta;
    private final boolean cleanlyStopped;
    private final List<OffsetCheckpoint.Entry> recoveryPoints;
    private final List<OffsetCheckpoint.Entry> logStartOffsets;
    private final List<OffsetCheckpoint.Entry> cleanedOffsets;

    private DataDirectory(
            Disk disk,
            Path path,
            MetaProperties meta,
            boolean cleanlyStopped,
            List<OffsetCheckpoint.Entry> recoveryPoints,
            List<OffsetCheckpoint.Entry> logStartOffsets,
            List<OffsetCheckpoint.Entry> cleanedOffsets) {
        this.disk = disk;
        this.path = path;
        this.meta = meta;
        this.cleanlyStopped = cleanlyStopped;
        this.recoveryPoints = recoveryPoints;
        this.logStartOffsets = logStartOffsets;
        this.cleanedOffsets = cleanedOffsets;
    }

    /** Makes the directory if there is none; an IOException says what is in the way. */
    public static Path make(String name) throws IOException {
        if (name.isBlank()) {
            throw new IOException("the data directory has no name");
        }
        Path path;
        try {
            path = Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException impossible) {
            throw new IOException("the data directory cannot be " + impossible.getMessage(), impossible);
        }
        Path inTheWay = path;
        while (inTheWay != null && Files.notExists(inTheWay)) {
            inTheWay = inTheWay.getParent();
        }
        if (inTheWay != null && Files.exists(inTheWay) && !Files.isDirectory(inTheWay)) {
            throw new IOException(
                    "the data directory cannot be " + path + ": " + inTheWay + " is a file, and no directory");
        }
        try {
            Files.createDirectories(path);
        } catch (IOException failure) {
            throw new IOException("the data directory cannot be made: " + DiskFault.inWords(failure), failure);
        }
        return path;
    }

    /**
     * Reads what is there, or begins a new directory for a new cluster. A start that goes no further changes nothing of an
     * earlier one.
     */
    static DataDirectory open(Disk disk, Path path, int nodeId, Randomness ids) throws IOException {
        if (disk.exists(path.resolve(ADOPTING))) {
            throw new IOException(
                    path + " is being adopted, or the adoption was interrupted: let headrace adopt end first");
        }
        Path metaFile = path.resolve(MetaProperties.FILE);
        MetaProperties meta;
        if (disk.exists(metaFile)) {
            meta = MetaProperties.parse(read(disk, metaFile), metaFile);
            if (meta.nodeId() != nodeId) {
                throw new IOException(path + " belongs to node " + meta.nodeId() + ", and node.id is " + nodeId);
            }
        } else {
            meta = new MetaProperties(nodeId, newId(ids).toString(), newId(ids));
            claim(disk, path, meta);
        }
        List<OffsetCheckpoint.Entry> recoveryPoints =
                OffsetCheckpoint.read(disk, path.resolve(OffsetCheckpoint.RECOVERY_POINTS));
        List<OffsetCheckpoint.Entry> logStarts =
                OffsetCheckpoint.read(disk, path.resolve(OffsetCheckpoint.LOG_START_OFFSETS));
        List<OffsetCheckpoint.Entry> cleaned = OffsetCheckpoint.read(disk, path.resolve(OffsetCheckpoint.CLEANED));
        boolean clean = disk.exists(path.resolve(CLEAN_STOP));
        return new DataDirectory(disk, path, meta, clean, recoveryPoints, logStarts, cleaned);
    }

    /** From now on logs may change: until {@link #markCleanStop} says otherwise, a stop is unclean. */
    void begin() throws IOException {
        if (cleanlyStopped) {
            disk.delete(path.resolve(CLEAN_STOP));
            disk.syncDirectory(path);
        }
    }

    /** All logs are closed; the next start may believe what it finds. */
    void markCleanStop() throws IOException {
        markCleanStop(disk, path);
    }

    public static void markCleanStop(Disk disk, Path path) throws IOException {
        write(disk, path.resolve(CLEAN_STOP), "{\"version\":0,\"brokerEpoch\":-1}\n");
    }

    /** Says whose directory it is. */
    public static void claim(Disk disk, Path path, MetaProperties meta) throws IOException {
        write(disk, path.resolve(MetaProperties.FILE), meta.text());
    }

    Path path() {
        return path;
    }

    MetaProperties meta() {
        return meta;
    }

    /** Whether the last run ended with {@link #markCleanStop}. */
    boolean cleanlyStopped() {
        return cleanlyStopped;
    }

    List<OffsetCheckpoint.Entry> recoveryPoints() {
        return recoveryPoints;
    }

    List<OffsetCheckpoint.Entry> logStartOffsets() {
        return logStartOffsets;
    }

    List<OffsetCheckpoint.Entry> cleanedOffsets() {
        return cleanedOffsets;
    }

    Path directoryOf(LogIdentity id) {
        return path.resolve(id.directoryName());
    }

    private static Uuid newId(Randomness ids) {
        Uuid id;
        do {
            id = new Uuid(ids.nextLong(), ids.nextLong());
            // Kafka reserves the first hundred ids, and tools trip over a leading dash.
        } while (id.getMostSignificantBits() == 0 || id.toString().startsWith("-"));
        return id;
    }

    private static String read(Disk disk, Path file) throws IOException {
        try (DiskFile open = disk.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(open.size()));
            open.read(bytes, 0);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    private static void write(Disk disk, Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        disk.delete(draft);
        try (DiskFile open = disk.create(draft)) {
            open.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            open.sync();
        }
        disk.rename(draft, file);
        disk.syncDirectory(file.getParent());
    }
}
