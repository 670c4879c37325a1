package io.headrace.runtime;

/**
 * One platform thread with one selector, which owns connections and partitions. Tasks run on it one after another, each
 * to completion, so that what a shard owns needs no locks.
 */
public final class Shard {

    Shard() {}

    /** From 0. */
    public int index() {
        throw new UnsupportedOperationException();
    }

    /** Runs the task on the shard, after those that the calling thread posted before; dropped once the shard has ended. */
    public void post(Runnable task) {
        throw new UnsupportedOperationException();
    }

    /** Runs the task after the delay, never before. On the shard's thread only. */
    public Timer schedule(long delayMs, Runnable task) {
        throw new UnsupportedOperationException();
    }

    /** Whether the calling thread is this shard. */
    public boolean isCurrent() {
        throw new UnsupportedOperationException();
    }

    /** Runs on the shard when it ends, after its connections are closed; those added last run first. */
    public void onClose(Runnable task) {
        throw new UnsupportedOperationException();
    }
}
