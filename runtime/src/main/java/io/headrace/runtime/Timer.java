package io.headrace.runtime;

/** A task that a shard will run at its deadline. On the shard's thread only. */
public final class Timer {

    static final int NOT_IN_HEAP = -1;

    private final Timers timers;
    private final Runnable task;
    final long deadlineNanos;
    final long sequence;

    /** Where the heap has put it. */
    int index = NOT_IN_HEAP;

    Timer(Timers timers, Runnable task, long deadlineNanos, long sequence) {
        this.timers = timers;
        this.task = task;
        this.deadlineNanos = deadlineNanos;
        this.sequence = sequence;
    }

    /** Takes the task back; nothing happens if it has run or was cancelled. */
    public void cancel() {
        if (pending()) {
            timers.remove(this);
        }
    }

    /** Whether the task is still to be run. */
    public boolean pending() {
        return index != NOT_IN_HEAP;
    }

    Runnable task() {
        return task;
    }
}
