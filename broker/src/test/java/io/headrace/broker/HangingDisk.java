package io.headrace.broker;

import io.headrace.ports.DiskFile;
import io.headrace.runtime.NioDisk;
import io.headrace.testing.ForwardingDisk;
import io.headrace.testing.ForwardingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The machine's disk; what changes it for good waits while it is told to hang. Any thread. */
final class HangingDisk extends ForwardingDisk {

    private static final CountDownLatch NOT = new CountDownLatch(0);

    private volatile CountDownLatch syncs = NOT;
    private volatile CountDownLatch renames = NOT;
    private volatile boolean broken;

    HangingDisk() {
        super(new NioDisk());
    }

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
        return super.create(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        works();
        super.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        await(renames);
        super.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        works();
        super.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        await(syncs);
        super.syncDirectory(directory);
    }

    @Override
    protected DiskFile opened(DiskFile file) {
        return new ForwardingFile(file) {
            @Override
            public void write(ByteBuffer source, long position) throws IOException {
                works();
                super.write(source, position);
            }

            @Override
            public void truncate(long size) throws IOException {
                works();
                super.truncate(size);
            }

            @Override
            public void sync() throws IOException {
                await(syncs);
                super.sync();
            }
        };
    }
}
