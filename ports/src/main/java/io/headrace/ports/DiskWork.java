package io.headrace.ports;

import java.io.IOException;

/**
 * Sends blocking file work away and brings its outcome back. The owner of a core hands over a task; the task runs on a
 * disk thread and may touch nothing that the owner owns; its outcome is delivered to the owner, on the owner's own
 * thread, as one of its ordinary events. The simulation runs both halves itself, in the order that its seed says.
 */
public interface DiskWork {

    /** Loading, creating, rolling, deleting. */
    <T> void run(Task<T> task, Outcome<T> outcome);

    /** A read that somebody's request waits for. There may be very many of these; other work shall not wait for all of them. */
    default <T> void read(Task<T> task, Outcome<T> outcome) {
        run(task, outcome);
    }

    /** A task that is mostly an fsync; those of one log directory share the commits of its file system. */
    <T> void flush(Task<T> task, Outcome<T> outcome);

    /** Runs on a disk thread. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws IOException;
    }

    /** Runs on the owner's thread, exactly once. */
    interface Outcome<T> {
        void done(T result);

        /** An I/O error, or a broken invariant found by the task. */
        void failed(Exception cause);
    }
}
