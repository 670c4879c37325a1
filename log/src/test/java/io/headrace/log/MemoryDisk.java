package io.headrace.log;

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
 * A disk in memory that can lose what was not synced: of a file each sector by itself and its size, of a directory the
 * latest changes of names. Counts operations, and fails when told to. The whole fault model is that of the simulation;
 * this one is enough for the tests of one log.
 */
final class MemoryDisk implements Disk {

    private static final int SECTOR_BYTES = 512;

    private final Map<Path, Map<String, Inode>> directories = new TreeMap<>();
    private final Map<Path, Map<String, Inode>> durableDirectories = new TreeMap<>();
    private final Map<Path, List<Map<String, Inode>>> unsyncedStates = new TreeMap<>();
    private int opened;
    private int writes;
    private int reads;
    private int syncs;
    private int writesUntilFailure = -1;
    private int syncsUntilFailure = -1;

    private static final class Inode {
        byte[] bytes = {};
        byte[] durable = {};
    }

    // ---- for tests

    int openFiles() {
        return opened;
    }

    int writes() {
        return writes;
    }

    int reads() {
        return reads;
    }

    int syncs() {
        return syncs;
    }

    /** The write after so many more fails half-way. */
    void failWriteAfter(int more) {
        writesUntilFailure = more;
    }

    void failSyncAfter(int more) {
        syncsUntilFailure = more;
    }

    byte[] bytes(Path file) throws IOException {
        return find(file).bytes.clone();
    }

    /** Replaces the content, as something outside of the process would. */
    void overwrite(Path file, byte[] bytes) throws IOException {
        Inode inode = find(file);
        inode.bytes = bytes.clone();
        inode.durable = bytes.clone();
    }

    void flip(Path file, int position) throws IOException {
        byte[] bytes = bytes(file);
        bytes[position] ^= 1;
        overwrite(file, bytes);
    }

    /** Power is cut: of what was not synced any part may be lost. */
    void crash(RandomGenerator random) {
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
        opened = 0;
        writesUntilFailure = -1;
        syncsUntilFailure = -1;
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
        if (syncsUntilFailure >= 0 && syncsUntilFailure-- == 0) {
            throw new IOException("the disk does not answer");
        }
    }

    private final class OpenFile implements DiskFile {

        private final Inode inode;
        private boolean closed;

        OpenFile(Inode inode) {
            this.inode = inode;
            opened++;
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

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            checkOpen();
            writes++;
            boolean fails = writesUntilFailure >= 0 && writesUntilFailure-- == 0;
            int count = fails ? source.remaining() / 2 : source.remaining();
            int end = (int) position + count;
            if (end > inode.bytes.length) {
                inode.bytes = Arrays.copyOf(inode.bytes, end);
            }
            source.get(inode.bytes, (int) position, count);
            if (fails) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            checkOpen();
            reads++;
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
                opened--;
            }
            closed = true;
        }
    }
}
