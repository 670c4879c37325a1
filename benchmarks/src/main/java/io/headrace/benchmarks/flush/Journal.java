package io.headrace.benchmarks.flush;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Every append goes to one journal and to the partition's file; only the journal is flushed before the acknowledgement.
 * The journal has two halves, each used again once the files that it stands for are flushed, in the background.
 */
final class Journal implements FlushScheme {

    private static final int HEADER_BYTES = 16;
    private static final int HALF_BYTES = 32 << 20;

    private final List<PartitionFile> files;
    private final Inbox inbox;
    private final Acknowledge acknowledge;
    private final FileChannel channel;
    private final ExecutorService flusher = Executors.newSingleThreadExecutor();
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final ByteBuffer header = ByteBuffer.allocateDirect(HEADER_BYTES);
    private CompletableFuture<Void> otherHalfFree = CompletableFuture.completedFuture(null);
    private boolean flushing;

    Journal(Path file, List<PartitionFile> files, Inbox inbox, Acknowledge acknowledge) throws IOException {
        this.files = files;
        this.inbox = inbox;
        this.acknowledge = acknowledge;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        while (channel.size() < 2 * HALF_BYTES) {
            channel.write(zeros.clear(), channel.size());
        }
        channel.force(true);
    }

    @Override
    public void append(PartitionFile file, ByteBuffer bytes) throws IOException {
        ByteBuffer[] entry = {header.clear(), bytes.duplicate()};
        turnTheHalvesIfFull(HEADER_BYTES + bytes.remaining());
        channel.write(entry);
        file.append(bytes);
    }

    private void turnTheHalvesIfFull(int bytes) throws IOException {
        long position = channel.position();
        boolean first = position <= HALF_BYTES;
        if (position + bytes > (first ? HALF_BYTES : 2 * HALF_BYTES)) {
            otherHalfFree.join();
            otherHalfFree = CompletableFuture.runAsync(this::syncFiles, background);
            channel.position(first ? HALF_BYTES + 1 : 0);
        }
    }

    private void syncFiles() {
        try {
            for (PartitionFile file : files) {
                file.sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {
        if (flushing) {
            return;
        }
        Map<PartitionFile, Long> upTo = new LinkedHashMap<>();
        for (PartitionFile file : files) {
            if (file.dirty()) {
                upTo.put(file, file.appended());
            }
        }
        if (!upTo.isEmpty()) {
            flushing = true;
            flusher.execute(() -> inbox.report(() -> channel.force(false), () -> flushed(upTo)));
        }
    }

    private void flushed(Map<PartitionFile, Long> upTo) {
        flushing = false;
        upTo.forEach(acknowledge::upTo);
    }

    @Override
    public void close() throws IOException {
        flusher.close();
        background.close();
        channel.close();
    }
}
