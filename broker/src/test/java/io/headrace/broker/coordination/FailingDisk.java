package io.headrace.broker.coordination;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import io.headrace.runtime.NioDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/** The real disk, but that writes fail while the test says so. */
final class FailingDisk implements Disk {

    private final Disk real = new NioDisk();
    private volatile boolean writesFail;

    void failWrites(boolean fail) {
        writesFail = fail;
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new File(real.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new File(real.open(file));
    }

    @Override
    public List<String> list(Path path) throws IOException {
        return real.list(path);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return real.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return real.size(file);
    }

    @Override
    public void createDirectories(Path path) throws IOException {
        real.createDirectories(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        real.delete(path);
    }

    @Override
    public void syncDirectory(Path path) throws IOException {
        real.syncDirectory(path);
    }

    private final class File implements DiskFile {
        private final DiskFile real;

        File(DiskFile real) {
            this.real = real;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (writesFail) {
                throw new IOException("no space left on device");
            }
            real.write(source, position);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return real.read(target, position);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return real.transferTo(position, count, target);
        }

        @Override
        public void truncate(long size) throws IOException {
            real.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            real.sync();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
