package io.headrace.testing;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Another disk that is full, or does not sync, while a test says so. Any thread that the other allows. */
public final class FaultyDisk extends ForwardingDisk {

    private final AtomicInteger syncs = new AtomicInteger();
    private volatile boolean full;
    private volatile boolean broken;

    public FaultyDisk(Disk disk) {
        super(disk);
    }

    /** No file is made or written. */
    public void full(boolean now) {
        full = now;
    }

    /** Syncs fail from now on. */
    public void breakDown() {
        broken = true;
    }

    /** How many syncs of files there have been. */
    public int syncs() {
        return syncs.get();
    }

    private void refuseIfFull() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    private void refuseIfBroken() throws IOException {
        if (broken) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        refuseIfFull();
        return super.create(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        refuseIfBroken();
        super.syncDirectory(directory);
    }

    @Override
    protected DiskFile opened(DiskFile file) {
        return new ForwardingFile(file) {
            @Override
            public void write(ByteBuffer source, long position) throws IOException {
                refuseIfFull();
                super.write(source, position);
            }

            @Override
            public void sync() throws IOException {
                refuseIfBroken();
                syncs.incrementAndGet();
                super.sync();
            }
        };
    }
}
