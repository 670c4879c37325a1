package io.headrace.benchmarks.flush;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.LinkedBlockingQueue;

/** How the flushers report to the owner thread, which runs what they post. */
final class Inbox {

    interface Work {
        void run() throws IOException;
    }

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    /** On a flusher: does the work, then lets the owner run the outcome. */
    void report(Work work, Runnable outcome) {
        try {
            work.run();
            tasks.add(outcome);
        } catch (IOException e) {
            tasks.add(() -> {
                throw new UncheckedIOException(e);
            });
        }
    }

    /** On the owner: waits for a report, and runs it with those that came meanwhile. */
    void runSome() throws InterruptedException {
        for (Runnable task = tasks.take(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
