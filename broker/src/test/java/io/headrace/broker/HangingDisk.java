package io.headrace.broker;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import io.headrace.runtime.NioDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The machine's disk; what changes it for good waits while it is told to hang. Any thread. */
final class HangingDisk implements Disk {

    private static final CountDownLatch NOT = new CountDownLatch(0);

    private final Disk disk = new NioDisk();
    private volatile CountDownLatch syncs = NOT;
    private volatile CountDownLatch renames = NOT;
    private volatile boolean broken;

    /** Every sync and rename from now on. */
    void hang() {
        syncs = new CountDownLatch(1);
        renames = new CountDownLatch(1);
    }

    /** Every rename from now on. */
    void hangRenames() {
        renames = new CountDownLatch(1);
    }

    void goOn() {
        syncs.countDown();
        renames.countDown();
    }

    /** What hangs fails, and so does every change from now on: the files stay as they are. */
    void breakDown() {
        broken = true;
        goOn();
    }

    private void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        works();
    }

    private void works() throws IOException {
        if (broken) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        works();
        return new HangingFile(disk.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new HangingFile(disk.open(file));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        works();
        disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        await(renames);
        disk.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        works();
        disk.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        await(syncs);
        disk.syncDirectory(directory);
    }

    private final class HangingFile implements DiskFile {
        private final DiskFile file;

        HangingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            works();
            file.write(source, position);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return file.transferTo(position, count, target);
        }

        @Override
        public void truncate(long size) throws IOException {
            works();
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            await(syncs);
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
