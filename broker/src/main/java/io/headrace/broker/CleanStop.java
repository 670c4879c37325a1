package io.headrace.broker;

import io.headrace.metadata.LocalMetadataLog;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Leaves everything on disk as the next start can believe it: the logs, the checkpoints, the metadata log. It waits for the
 * disk, but not for ever. On a thread that may wait, while the shards still run and nobody uses the partitions any more.
 */
final class CleanStop {

    private final ShardGroup shards;
    private final Partitions partitions;
    private final Checkpoints checkpoints;
    private final LocalMetadataLog metadataLog;
    private final long withinMs;
    private final long deadlineNanos;

    CleanStop(
            ShardGroup shards,
            Partitions partitions,
            Checkpoints checkpoints,
            LocalMetadataLog metadataLog,
            long withinMs) {
        this.shards = shards;
        this.partitions = partitions;
        this.checkpoints = checkpoints;
        this.metadataLog = metadataLog;
        this.withinMs = withinMs;
        this.deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
    }

    /**
     * Closes it all.
     *
     * @return whether every log is known to be whole
     * @throws IOException says what the disk has refused, or not done in time
     */
    boolean run() throws IOException {
        boolean clean = await(closePartitions(), "closing the logs");
        await(saveCheckpoints(), "saving the checkpoints");
        await(closeMetadata(), "closing the metadata log");
        return clean;
    }

    private CompletableFuture<Boolean> closePartitions() {
        CompletableFuture<Boolean> allClosed = new CompletableFuture<>();
        shard0().post(() -> new LogClosing(shards, partitions, checkpoints, allClosed::complete).start());
        return allClosed;
    }

    private CompletableFuture<Void> saveCheckpoints() {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        checkpoints.save(shard0(), () -> saved.complete(null), saved::completeExceptionally);
        return saved;
    }

    private CompletableFuture<Void> closeMetadata() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        shard0().post(() -> metadataLog.close(() -> done.complete(null)));
        return done;
    }

    private Shard shard0() {
        return shards.shard(0);
    }

    private <T> T await(CompletableFuture<T> step, String what) throws IOException {
        try {
            return step.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException(what + " was not done within " + withinMs + " ms, the disk seems to hang", late);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException(what + " failed: " + failure.getCause(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(what + " was interrupted", interrupted);
        }
    }
}
