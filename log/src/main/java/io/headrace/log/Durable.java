package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files and names that are to survive a power loss. Runs on disk threads; a failed fsync is told apart by its type. */
final class Durable {

    private Durable() {}

    static void sync(DiskFile file, Path path) throws IOException {
        try {
            file.sync();
        } catch (IOException failure) {
            throw new SyncFailed(path, failure);
        }
    }

    static void syncDirectory(Disk disk, Path directory) throws IOException {
        try {
            disk.syncDirectory(directory);
        } catch (IOException failure) {
            throw new SyncFailed(directory, failure);
        }
    }

    /** Two tickets of one log may need the same file first, so that either may find that it has just been made. */
    static DiskFile openOrCreate(Disk disk, Path path) throws IOException {
        try {
            return disk.open(path);
        } catch (NoSuchFileException none) {
            try {
                return disk.create(path);
            } catch (FileAlreadyExistsException justMade) {
                return disk.open(path);
            }
        }
    }

    /** Puts the content in the place of the file, which until then keeps its old one. The name is durable on return. */
    static void replace(Disk disk, Path path, ByteBuffer content) throws IOException {
        put(disk, path, content);
        syncDirectory(disk, path.toAbsolutePath().getParent());
    }

    /** As {@link #replace}, with the name left to the caller to make durable; whenever it is there, so is the content. */
    static void put(Disk disk, Path path, ByteBuffer content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + FileNames.TEMPORARY);
        disk.delete(fresh);
        try (DiskFile file = disk.create(fresh)) {
            file.write(content, 0);
            sync(file, fresh);
        }
        disk.rename(fresh, path);
    }

    /** All of a small file. */
    static ByteBuffer read(Disk disk, Path path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            return read(file);
        }
    }

    static ByteBuffer read(DiskFile file) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
        file.read(content, 0);
        return content.flip();
    }
}
