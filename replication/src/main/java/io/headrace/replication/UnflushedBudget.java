package io.headrace.replication;

import io.headrace.ports.Check;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds the bytes that are written and not yet flushed, for the partitions of one shard in one log directory. Owned by
 * the shard. A partition may overdraw by its last append; who finds the budget spent waits until a flush gives back.
 */
public final class UnflushedBudget {

    private final long limitBytes;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long usedBytes;

    public UnflushedBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    boolean spent() {
        return usedBytes >= limitBytes;
    }

    void take(long bytes) {
        usedBytes += bytes;
    }

    void giveBack(long bytes) {
        usedBytes -= bytes;
        Check.that(usedBytes >= 0, "more unflushed bytes were given back than taken", usedBytes, 0);
        while (!spent() && !waiting.isEmpty()) {
            waiting.poll().run();
        }
    }

    /** Runs the action once there is room again. */
    void whenAvailable(Runnable action) {
        waiting.add(action);
    }

    public long usedBytes() {
        return usedBytes;
    }
}
