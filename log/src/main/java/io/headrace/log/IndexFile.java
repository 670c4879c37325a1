package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * An {@code .index} or {@code .timeindex} file being searched on a disk thread, straight from the page cache: a search
 * costs some twenty reads of one entry, which is little beside the read of the log that follows it. Keys rise strictly;
 * a file in which they do not is damaged, and is built anew from the log.
 */
final class IndexFile implements Closeable {

    /** Offset relative to the segment (int32), position in the log (int32). */
    static final int OFFSET_ENTRY_BYTES = 8;

    /** Timestamp (int64), offset relative to the segment (int32). */
    static final int TIME_ENTRY_BYTES = 12;

    private final DiskFile file;
    private final int entryBytes;
    private final int entries;
    private final ByteBuffer entry;

    private IndexFile(DiskFile file, int entryBytes, int entries) {
        this.file = file;
        this.entryBytes = entryBytes;
        this.entries = entries;
        this.entry = ByteBuffer.allocate(entryBytes);
    }

    /**
     * Opens an offset index: its keys are relative offsets, its values positions.
     *
     * @param maxEntries look at no more than that many: the file may be growing
     */
    static IndexFile offsets(Disk disk, Path directory, long baseOffset, int maxEntries) throws IOException {
        return open(disk, FileNames.of(directory, baseOffset, FileNames.OFFSET_INDEX), OFFSET_ENTRY_BYTES, maxEntries);
    }

    /** Opens the offset index of a segment, wherever it is. */
    static IndexFile offsets(LogFiles files, SegmentView segment) throws IOException {
        return of(files, segment, FileNames.OFFSET_INDEX, OFFSET_ENTRY_BYTES, segment.offsetEntries());
    }

    /** Opens the time index of a segment, wherever it is. */
    static IndexFile times(LogFiles files, SegmentView segment) throws IOException {
        return of(files, segment, FileNames.TIME_INDEX, TIME_ENTRY_BYTES, segment.timeEntries());
    }

    private static IndexFile of(LogFiles files, SegmentView segment, String suffix, int entryBytes, int maxEntries)
            throws IOException {
        DiskFile file = files.open(segment, suffix);
        if (file == null) {
            throw new NoSuchFileException(
                    files.path(segment.baseOffset(), suffix).toString());
        }
        return new IndexFile(file, entryBytes, (int) Math.min(file.size() / entryBytes, maxEntries));
    }

    /** Opens a time index: its keys are timestamps, its values relative offsets. */
    static IndexFile times(Disk disk, Path directory, long baseOffset, int maxEntries) throws IOException {
        return open(disk, FileNames.of(directory, baseOffset, FileNames.TIME_INDEX), TIME_ENTRY_BYTES, maxEntries);
    }

    private static IndexFile open(Disk disk, Path path, int entryBytes, int maxEntries) throws IOException {
        DiskFile file = disk.open(path);
        return new IndexFile(file, entryBytes, (int) Math.min(file.size() / entryBytes, maxEntries));
    }

    int entries() {
        return entries;
    }

    /** Bytes behind the last whole entry. */
    boolean isRagged() throws IOException {
        return file.size() % entryBytes != 0;
    }

    long key(int slot) throws IOException {
        load(slot);
        return entryBytes == TIME_ENTRY_BYTES ? entry.getLong(0) : entry.getInt(0);
    }

    int value(int slot) throws IOException {
        load(slot);
        return entry.getInt(entryBytes - Integer.BYTES);
    }

    private void load(int slot) throws IOException {
        entry.clear();
        if (file.read(entry, (long) slot * entryBytes) < entryBytes) {
            throw new IOException("an index became shorter while it was read");
        }
    }

    /** The slot of the last key that is not above the given one, -1 if there is none. */
    int floor(long key) throws IOException {
        return floor(key, entries);
    }

    /** As {@link #floor(long)}, among the first entries. */
    int floor(long key, int among) throws IOException {
        return floor(this::key, key, among);
    }

    /** The slot of the last value that is not above the given one, -1 if there is none. */
    int floorOfValue(int value) throws IOException {
        return floor(this::value, value, entries);
    }

    private interface Column {
        long at(int slot) throws IOException;
    }

    private static int floor(Column column, long wanted, int among) throws IOException {
        int low = 0;
        int high = among - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (column.at(middle) <= wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The number of entries from the first on whose keys rise strictly and whose values do not fall. */
    int risingEntries() throws IOException {
        ByteBuffer window = ByteBuffer.allocate(Math.min(entries, Limits.SCAN_WINDOW_BYTES / entryBytes) * entryBytes);
        long lastKey = -1;
        int lastValue = -1;
        for (int slot = 0; slot < entries; ) {
            window.clear().limit(Math.min(window.capacity(), (entries - slot) * entryBytes));
            file.read(window, (long) slot * entryBytes);
            window.flip();
            if (window.remaining() < entryBytes) {
                return slot;
            }
            for (; window.remaining() >= entryBytes; slot++) {
                long key = entryBytes == TIME_ENTRY_BYTES ? window.getLong() : window.getInt();
                int value = window.getInt();
                if (key <= lastKey || value < lastValue) {
                    return slot;
                }
                lastKey = key;
                lastValue = value;
            }
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
