package io.headrace.runtime;

/** A task that a shard will run at its deadline. */
public final class Timer {

    Timer() {}

    /** Takes the task back; nothing happens if it has run or was cancelled. On the shard's thread only. */
    public void cancel() {
        throw new UnsupportedOperationException();
    }

    /** Whether the task is still to be run. */
    public boolean pending() {
        throw new UnsupportedOperationException();
    }
}
