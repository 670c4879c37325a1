package io.headrace.broker.adoption;

import io.headrace.metadata.adoption.NotAdoptable;
import io.headrace.ports.Disk;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings partitions into the target: copies of their files, durable on return, or, in place, the files themselves without
 * those that are made anew. The kernel copies, and shares the blocks where the file system can. Several partitions are on
 * their way at once: to wait for one file after another until the device has it would take several times as long.
 */
final class Move {

    private static final long PIECE_BYTES = 16 << 20;
    private static final int PARTITIONS_AT_ONCE = 16;

    private final Disk disk;
    private final AdoptionOrder order;
    private final KafkaPartitions partitions;
    private final AdoptionProgress progress;
    private final long bytes;
    private long copied;

    Move(Disk disk, AdoptionOrder order, KafkaPartitions partitions, AdoptionProgress progress) {
        this.disk = disk;
        this.order = order;
        this.partitions = partitions;
        this.progress = progress;
        this.bytes = partitions.bytes();
    }

    void checkSpace() throws IOException {
        long usable = Files.getFileStore(order.target()).getUsableSpace();
        if (!order.inPlace() && usable < bytes) {
            throw new NotAdoptable("the copy takes " + bytes + " bytes, and " + order.target() + " has " + usable
                    + " free; --in-place adopts without a copy");
        }
    }

    void run() throws IOException {
        List<Future<Void>> moves = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(PARTITIONS_AT_ONCE)) {
            for (KafkaPartitions.Found partition : partitions.found().values()) {
                moves.add(threads.submit(() -> move(partition)));
            }
            try {
                for (Future<Void> move : moves) {
                    move.get();
                }
            } catch (ExecutionException failure) {
                threads.shutdownNow();
                throw new IOException(failure.getCause().getMessage(), failure.getCause());
            } catch (InterruptedException stopped) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the adoption was interrupted");
            }
        }
        disk.syncDirectory(order.target());
    }

    private Void move(KafkaPartitions.Found partition) throws IOException {
        if (order.inPlace()) {
            for (String file : partition.files().remade()) {
                disk.delete(order.target().resolve(partition.name()).resolve(file));
            }
        } else {
            copy(partition);
        }
        disk.syncDirectory(order.target().resolve(partition.name()));
        return null;
    }

    private void copy(KafkaPartitions.Found partition) throws IOException {
        Path from = order.kafka().resolve(partition.name());
        Path to = order.target().resolve(partition.name());
        disk.createDirectories(to);
        for (String file : partition.files().taken()) {
            copy(from.resolve(file), to.resolve(file));
        }
    }

    /** With its time, which is the age of records that have none. */
    private void copy(Path from, Path to) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            long position = 0;
            while (position < size) {
                long count = source.transferTo(position, Math.min(PIECE_BYTES, size - position), target);
                if (count <= 0) {
                    throw new IOException(from + " became shorter while it was copied");
                }
                position += count;
                copied(count);
            }
            target.force(true);
        }
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    }

    private synchronized void copied(long count) {
        copied += count;
        progress.copied(copied, bytes);
    }
}
