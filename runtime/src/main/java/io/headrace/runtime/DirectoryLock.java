package io.headrace.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process out of a data directory, by a lock on its {@code .lock} file, as Kafka does. The file names the
 * process that holds it; the lock, unlike the file, goes with the process.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final String FILE = ".lock";
    private static final int PID_MAX_BYTES = 20;

    /** Null where there was nothing to be locked. */
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Locks the directory, which must exist; an IOException says who has it. */
    public static DirectoryLock acquire(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel, false) == null) {
                throw new IOException("the data directory " + directory + " is in use by process " + holder(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Keeps others from locking a directory of theirs while it is read, and changes nothing in it; an IOException says who
     * has it.
     */
    public static DirectoryLock share(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.notExists(file)) {
            return new DirectoryLock(null);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            if (tryLock(channel, true) == null) {
                throw new IOException("the data directory " + directory + " is in use by process " + holder(channel));
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_MAX_BYTES);
        int count = channel.read(bytes, 0);
        return count <= 0 ? "unknown" : new String(bytes.array(), 0, count, StandardCharsets.US_ASCII);
    }

    /** Gives the directory free. The file stays: deleting it would let two others lock two files of one name. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
