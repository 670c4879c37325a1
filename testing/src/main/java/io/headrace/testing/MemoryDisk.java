package io.headrace.testing;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that fails when told to, and can lose what was not synced: of a file each sector by itself and its size, of a
 * directory the latest changes of names. It counts what is done to it. The whole fault model is that of the simulation; this one is
 * enough for the tests of one log or partition. One thread at a time.
 */
public final class MemoryDisk implements Disk {

    private static final int SECTOR_BYTES = 512;
    private static final int NEVER = -1;
    private static final String NO_SPACE = "No space left on device";
    private static final String FAULT = "Input/output error";

    private final Map<Path, Map<String, Inode>> directories = new TreeMap<>();
    private final Map<Path, Map<String, Inode>> durableDirectories = new TreeMap<>();
    private final Map<Path, List<Map<String, Inode>>> unsyncedStates = new TreeMap<>();
    private int openFiles;
    private int writes;
    private int reads;
    private int syncs;
    private boolean full;
    private int writesUntilFailure = NEVER;
    private int syncsUntilFailure = NEVER;
    private boolean nextReadFails;

    private static final class Inode {
        byte[] bytes = {};
        byte[] durable = {};
    }

    // ---- what was done to it

    public int openFiles() {
        return openFiles;
    }

    public int writes() {
        return writes;
    }

    public int reads() {
        return reads;
    }

    public int syncs() {
        return syncs;
    }

    // ---- what befalls it

    /** No file grows, and none is made. */
    public void full(boolean now) {
        full = now;
    }

    /** The write after so many more fails half-way. */
    public void failWriteAfter(int more) {
        writesUntilFailure = more;
    }

    public void failSyncAfter(int more) {
        syncsUntilFailure = more;
    }

    public void failNextRead() {
        nextReadFails = true;
    }

    /** Whatever was to befall it does not. */
    public void recover() {
        full = false;
        writesUntilFailure = NEVER;
        syncsUntilFailure = NEVER;
        nextReadFails = false;
    }

    public byte[] bytes(Path file) throws IOException {
        return find(file).bytes.clone();
    }

    /** Replaces the content, as something outside of the process would. */
    public void overwrite(Path file, byte[] bytes) throws IOException {
        Inode inode = find(file);
        inode.bytes = bytes.clone();
        inode.durable = bytes.clone();
    }

    public void flip(Path file, int position) throws IOException {
        byte[] bytes = bytes(file);
        bytes[position] ^= 1;
        overwrite(file, bytes);
    }

    /** Power is cut: of what was not synced any part may be lost. */
    public void crash(RandomGenerator random) {
        for (Map.Entry<Path, Map<String, Inode>> directory : directories.entrySet()) {
            Map<String, Inode> durable = durableDirectories.getOrDefault(directory.getKey(), new TreeMap<>());
            List<Map<String, Inode>> states = unsyncedStates.getOrDefault(directory.getKey(), List.of());
            int survived = random.nextInt(states.size() + 1);
            directory.setValue(new TreeMap<>(survived == 0 ? durable : states.get(survived - 1)));
        }
        unsyncedStates.clear();
        for (Map.Entry<Path, Map<String, Inode>> directory : directories.entrySet()) {
            durableDirectories.put(directory.getKey(), new TreeMap<>(directory.getValue()));
            for (Inode inode : directory.getValue().values()) {
                lose(inode, random);
            }
        }
        openFiles = 0;
        recover();
    }

    private static void lose(Inode inode, RandomGenerator random) {
        int size = random.nextBoolean() ? inode.bytes.length : inode.durable.length;
        byte[] after = new byte[size];
        boolean all = random.nextInt(3) == 0;
        for (int at = 0; at < size; at += SECTOR_BYTES) {
            byte[] source = all || random.nextBoolean() ? inode.bytes : inode.durable;
            int end = Math.min(Math.min(at + SECTOR_BYTES, size), source.length);
            if (end > at) {
                System.arraycopy(source, at, after, at, end - at);
            }
        }
        inode.bytes = after;
        inode.durable = after.clone();
    }

    // ---- Disk

    private Map<String, Inode> directory(Path path) throws NoSuchFileException {
        Map<String, Inode> directory = directories.get(path);
        if (directory == null) {
            throw new NoSuchFileException(path.toString());
        }
        return directory;
    }

    private Inode find(Path file) throws NoSuchFileException {
        Inode inode = directory(file.getParent()).get(file.getFileName().toString());
        if (inode == null) {
            throw new NoSuchFileException(file.toString());
        }
        return inode;
    }

    private void changed(Path directory) throws NoSuchFileException {
        unsyncedStates.computeIfAbsent(directory, _ -> new ArrayList<>()).add(new TreeMap<>(directory(directory)));
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        Map<String, Inode> directory = directory(file.getParent());
        if (full) {
            throw new IOException(NO_SPACE);
        }
        Inode inode = new Inode();
        if (directory.putIfAbsent(file.getFileName().toString(), inode) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        changed(file.getParent());
        return new OpenFile(inode);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new OpenFile(find(file));
    }

    @Override
    public List<String> list(Path path) throws IOException {
        return new ArrayList<>(directory(path).keySet());
    }

    @Override
    public boolean exists(Path path) {
        Map<String, Inode> parent = directories.get(path.getParent());
        return directories.containsKey(path)
                || (parent != null && parent.containsKey(path.getFileName().toString()));
    }

    @Override
    public long size(Path file) throws IOException {
        return find(file).bytes.length;
    }

    @Override
    public void createDirectories(Path directory) {
        directories.putIfAbsent(directory, new TreeMap<>());
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Inode inode = find(from);
        directory(from.getParent()).remove(from.getFileName().toString());
        directory(to.getParent()).put(to.getFileName().toString(), inode);
        changed(to.getParent());
    }

    @Override
    public void delete(Path path) throws IOException {
        if (directory(path.getParent()).remove(path.getFileName().toString()) != null) {
            changed(path.getParent());
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        beforeSync();
        Map<String, Inode> names = directories.get(directory);
        if (names != null) {
            durableDirectories.put(directory, new TreeMap<>(names));
            unsyncedStates.remove(directory);
        }
    }

    private void beforeSync() throws IOException {
        syncs++;
        boolean fails = syncsUntilFailure == 0;
        syncsUntilFailure = Math.max(NEVER, syncsUntilFailure - 1);
        if (fails) {
            throw new IOException(FAULT);
        }
    }

    private final class OpenFile implements DiskFile {

        private final Inode inode;
        private boolean closed;

        OpenFile(Inode inode) {
            this.inode = inode;
            openFiles++;
        }

        private void checkOpen() throws ClosedChannelException {
            if (closed) {
                throw new ClosedChannelException();
            }
        }

        @Override
        public long size() throws IOException {
            checkOpen();
            return inode.bytes.length;
        }

        /** One that fails has written the first half. */
        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            checkOpen();
            writes++;
            boolean noRoom = full && position + source.remaining() > inode.bytes.length;
            boolean fails = noRoom || writesUntilFailure == 0;
            writesUntilFailure = Math.max(NEVER, writesUntilFailure - 1);
            int count = fails ? source.remaining() / 2 : source.remaining();
            int end = (int) position + count;
            if (end > inode.bytes.length) {
                inode.bytes = Arrays.copyOf(inode.bytes, end);
            }
            source.get(inode.bytes, (int) position, count);
            if (fails) {
                throw new IOException(noRoom ? NO_SPACE : FAULT);
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            checkOpen();
            reads++;
            if (nextReadFails) {
                nextReadFails = false;
                throw new IOException(FAULT);
            }
            int count = (int) Math.max(0, Math.min(target.remaining(), inode.bytes.length - position));
            target.put(inode.bytes, (int) position, count);
            return count;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            checkOpen();
            int bytes = (int) Math.max(0, Math.min(count, inode.bytes.length - position));
            return bytes == 0 ? 0 : target.write(ByteBuffer.wrap(inode.bytes, (int) position, bytes));
        }

        @Override
        public void truncate(long size) throws IOException {
            checkOpen();
            if (size < inode.bytes.length) {
                inode.bytes = Arrays.copyOf(inode.bytes, (int) size);
            }
        }

        @Override
        public void sync() throws IOException {
            checkOpen();
            beforeSync();
            inode.durable = inode.bytes.clone();
        }

        @Override
        public void close() {
            if (!closed) {
                openFiles--;
            }
            closed = true;
        }
    }
}
