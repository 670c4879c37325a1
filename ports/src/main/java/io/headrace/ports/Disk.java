package io.headrace.ports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file operations that the broker needs, and no other. What is promised after a crash is what POSIX promises: bytes
 * and sizes of a file survive from its last {@link DiskFile#sync()}, names in a directory from its last
 * {@link #syncDirectory(Path)}, and nothing else may be relied upon.
 */
public interface Disk {

    /** Makes an empty file and opens it; fails with {@link java.nio.file.FileAlreadyExistsException} if it exists. */
    DiskFile create(Path file) throws IOException;

    /** Opens a file for reading and writing; fails with {@link java.nio.file.NoSuchFileException} if there is none. */
    DiskFile open(Path file) throws IOException;

    /** Names of the files and directories in a directory, sorted. */
    List<String> list(Path directory) throws IOException;

    boolean exists(Path path) throws IOException;

    /** Size in bytes. */
    long size(Path file) throws IOException;

    void createDirectories(Path directory) throws IOException;

    /** Atomic, replaces the target if it is a file. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory; nothing happens if there is none. */
    void delete(Path path) throws IOException;

    /** Makes the names of the files in the directory durable. */
    void syncDirectory(Path directory) throws IOException;
}
