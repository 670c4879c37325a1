package io.headrace.metadata;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Disk threads of a test: a task runs, and its outcome is delivered, when the test says so. */
final class QueuedWork implements DiskWork {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Runnable> outcomes = new ArrayDeque<>();

    @Override
    public <T> void run(Task<T> task, Outcome<T> outcome) {
        tasks.add(() -> {
            T result;
            try {
                result = task.run();
            } catch (IOException | RuntimeException cause) {
                outcomes.add(() -> outcome.failed(cause));
                return;
            }
            outcomes.add(() -> outcome.done(result));
        });
    }

    @Override
    public <T> void flush(Task<T> task, Outcome<T> outcome) {
        run(task, outcome);
    }

    /** Runs the next task, if there is one, and tells its owner nothing yet. */
    boolean runTask() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /** Tells the owner the next outcome, if there is one. */
    boolean deliver() {
        Runnable outcome = outcomes.poll();
        if (outcome != null) {
            outcome.run();
        }
        return outcome != null;
    }

    /** Until nothing is left to do. */
    void finish() {
        while (runTask() || deliver()) {
            // Each step may bring more.
        }
    }
}
