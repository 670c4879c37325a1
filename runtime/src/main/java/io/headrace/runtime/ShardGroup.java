package io.headrace.runtime;

import io.headrace.ports.Check;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The shards of a broker, started together and ended together. Orderly, a broker stops its listeners, answers what it
 * has parked while it {@linkplain #drain drains} the connections, closes what the shards own, and then the group.
 */
public final class ShardGroup implements AutoCloseable {

    private final Shard[] shards;

    private ShardGroup(Shard[] shards) {
        this.shards = shards;
    }

    /** Starts the shards; their threads are daemons. */
    public static ShardGroup start(int count) {
        Shard[] shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            shards[i] = Shard.start(i);
        }
        return new ShardGroup(shards);
    }

    public int size() {
        return shards.length;
    }

    public Shard shard(int index) {
        return shards[index];
    }

    /**
     * Reads no further requests, and returns when every response has been sent or the time is over; all connections are
     * closed then. Stop the listeners first. Whoever parks requests has to answer them meanwhile. Not on a shard.
     */
    public void drain(long graceMs) {
        CountDownLatch drained = new CountDownLatch(shards.length);
        for (Shard shard : shards) {
            if (!shard.post(() -> shard.drain(drained::countDown))) {
                drained.countDown();
            }
        }
        await(drained, graceMs);
        onEach(Shard::closeEndpoints);
    }

    /**
     * Closes the connections, runs what {@link Shard#onClose} was given, and ends the threads when everything that has
     * been posted is done. A shard that the disk keeps for longer than {@link Limits#SHARD_END_MS} is left to itself.
     * Closing again does nothing. Not on a shard.
     */
    @Override
    public void close() {
        onEach(Shard::closeEndpoints);
        onEach(Shard::runCloseTasks);
        onEach(Shard::end);
        for (Shard shard : shards) {
            Uninterrupted.wait(() -> shard.join(Limits.SHARD_END_MS));
        }
    }

    /** Whether they were closed and all their threads have ended. */
    public boolean ended() {
        for (Shard shard : shards) {
            if (!shard.ended()) {
                return false;
            }
        }
        return true;
    }

    /** Does a step on all shards, and returns when all have done it, but for those that are kept by the disk. */
    private void onEach(Step step) {
        CountDownLatch done = new CountDownLatch(shards.length);
        for (Shard shard : shards) {
            Check.that(!shard.isCurrent(), "a shard does not wait for itself");
            boolean posted = shard.post(() -> {
                try {
                    step.on(shard);
                } finally {
                    done.countDown();
                }
            });
            if (!posted) {
                done.countDown();
            }
        }
        await(done, Limits.SHARD_END_MS);
    }

    private static void await(CountDownLatch latch, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Uninterrupted.wait(() -> latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    }

    @FunctionalInterface
    private interface Step {
        void on(Shard shard);
    }
}
