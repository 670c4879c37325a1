package io.headrace.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process out of a data directory, by a lock on its {@code .lock} file, as Kafka does. The file names the
 * process that holds it; the lock, unlike the file, goes with the process.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final String FILE = ".lock";
    private static final int PID_MAX_BYTES = 20;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Locks the directory, which must exist; an IOException says who has it. */
    public static DirectoryLock acquire(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
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

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
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
        channel.close();
    }
}
