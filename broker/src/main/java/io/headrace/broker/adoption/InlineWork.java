package io.headrace.broker.adoption;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Disk work for an owner that may wait: what was asked for is done when the owner says so, on its own thread. */
final class InlineWork implements DiskWork {

    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public <T> void run(Task<T> task, Outcome<T> outcome) {
        waiting.add(() -> {
            T result;
            try {
                result = task.run();
            } catch (IOException | RuntimeException failure) {
                outcome.failed(failure);
                return;
            }
            outcome.done(result);
        });
    }

    @Override
    public <T> void flush(Task<T> task, Outcome<T> outcome) {
        run(task, outcome);
    }

    /** Does it all, and what comes of it. */
    void finish() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
