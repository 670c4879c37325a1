package io.headrace.runtime;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The machine's file system for somebody who only looks: nothing is changed, even by mistake. Any thread. */
public final class ReadOnlyDisk implements Disk {

    private final NioDisk disk = new NioDisk();

    @Override
    public DiskFile create(Path file) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new NioDiskFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public void createDirectories(Path directory) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void rename(Path from, Path to) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void syncDirectory(Path directory) {
        throw new ReadOnlyFileSystemException();
    }
}
