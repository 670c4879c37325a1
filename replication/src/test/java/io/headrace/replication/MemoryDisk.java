package io.headrace.replication;

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

/** A disk in memory that can be full, fail, and rot. What a power loss takes is left to the simulation. */
final class MemoryDisk implements Disk {

    private static final int NEVER = -1;

    private final Map<Path, Map<String, Content>> directories = new TreeMap<>();
    private boolean full;
    private int writesUntilFailure = NEVER;
    private boolean nextReadFails;
    private boolean nextSyncFails;
    private int openFiles;

    private static final class Content {
        byte[] bytes = {};
    }

    // ---- what befalls it

    /** No file grows, and none is made. */
    void full(boolean isFull) {
        full = isFull;
    }

    void failWriteAfter(int more) {
        writesUntilFailure = more;
    }

    void failNextRead() {
        nextReadFails = true;
    }

    void failNextSync() {
        nextSyncFails = true;
    }

    /** Whatever was to befall it does not. */
    void recover() {
        full = false;
        writesUntilFailure = NEVER;
        nextReadFails = false;
        nextSyncFails = false;
    }

    void flip(Path file, int position) throws IOException {
        find(file).bytes[position] ^= 1;
    }

    int openFiles() {
        return openFiles;
    }

    // ---- Disk

    private Map<String, Content> directory(Path path) throws NoSuchFileException {
        Map<String, Content> directory = directories.get(path);
        if (directory == null) {
            throw new NoSuchFileException(path.toString());
        }
        return directory;
    }

    private Content find(Path file) throws NoSuchFileException {
        Content content = directory(file.getParent()).get(file.getFileName().toString());
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        Map<String, Content> directory = directory(file.getParent());
        checkRoom();
        Content content = new Content();
        if (directory.putIfAbsent(file.getFileName().toString(), content) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return new OpenFile(content);
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
        Map<String, Content> parent = directories.get(path.getParent());
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
        Content content = find(from);
        directory(from.getParent()).remove(from.getFileName().toString());
        directory(to.getParent()).put(to.getFileName().toString(), content);
    }

    @Override
    public void delete(Path path) throws IOException {
        directory(path.getParent()).remove(path.getFileName().toString());
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        failSyncIfTold();
    }

    private void failSyncIfTold() throws IOException {
        if (nextSyncFails) {
            nextSyncFails = false;
            throw new IOException("Input/output error");
        }
    }

    private void checkRoom() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    private final class OpenFile implements DiskFile {

        private final Content content;
        private boolean closed;

        OpenFile(Content content) {
            this.content = content;
            openFiles++;
        }

        private byte[] bytes() throws ClosedChannelException {
            if (closed) {
                throw new ClosedChannelException();
            }
            return content.bytes;
        }

        @Override
        public long size() throws IOException {
            return bytes().length;
        }

        /** One that fails has written the first half. */
        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            int length = bytes().length;
            boolean noRoom = full && position + source.remaining() > length;
            boolean fails = noRoom || writesUntilFailure == 0;
            writesUntilFailure = Math.max(NEVER, writesUntilFailure - 1);
            int count = fails ? source.remaining() / 2 : source.remaining();
            int end = (int) position + count;
            content.bytes = Arrays.copyOf(content.bytes, Math.max(length, end));
            source.get(content.bytes, (int) position, count);
            if (fails) {
                throw new IOException(noRoom ? "No space left on device" : "Input/output error");
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            if (nextReadFails) {
                nextReadFails = false;
                throw new IOException("Input/output error");
            }
            int count = (int) Math.max(0, Math.min(target.remaining(), bytes().length - position));
            target.put(content.bytes, (int) position, count);
            return count;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            int length = (int) Math.max(0, Math.min(count, bytes().length - position));
            return length == 0 ? 0 : target.write(ByteBuffer.wrap(content.bytes, (int) position, length));
        }

        @Override
        public void truncate(long size) throws IOException {
            content.bytes = Arrays.copyOf(bytes(), (int) Math.min(size, content.bytes.length));
        }

        @Override
        public void sync() throws IOException {
            bytes();
            failSyncIfTold();
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
