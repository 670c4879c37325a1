package io.headrace.replication;

import io.headrace.ports.DiskWork;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The file work of one partition, run by the partition's thread. It knows when none is under way: only then may the files
 * be closed, opened anew or be moved away, since a task that is still running would find them changed or change what
 * belongs to a successor.
 */
final class FileWork implements DiskWork {

    private final DiskWork work;
    private final Deque<Runnable> whenQuiet = new ArrayDeque<>(0);
    private int underWay;

    FileWork(DiskWork work) {
        this.work = work;
    }

    @Override
    public <T> void run(Task<T> task, Outcome<T> outcome) {
        underWay++;
        work.run(task, new Returning<>(outcome));
    }

    @Override
    public <T> void read(Task<T> task, Outcome<T> outcome) {
        underWay++;
        work.read(task, new Returning<>(outcome));
    }

    @Override
    public <T> void flush(Task<T> task, Outcome<T> outcome) {
        underWay++;
        work.flush(task, new Returning<>(outcome));
    }

    /** Runs the action as soon as all work has come back and its outcomes have been told; perhaps at once. */
    void whenQuiet(Runnable action) {
        whenQuiet.add(action);
        runIfQuiet();
    }

    /** An action may begin new work, for which those behind it have to wait. */
    private void runIfQuiet() {
        while (underWay == 0 && !whenQuiet.isEmpty()) {
            whenQuiet.poll().run();
        }
    }

    private final class Returning<T> implements Outcome<T> {
        private final Outcome<T> outcome;

        Returning(Outcome<T> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void done(T result) {
            try {
                outcome.done(result);
            } finally {
                returned();
            }
        }

        @Override
        public void failed(Exception cause) {
            try {
                outcome.failed(cause);
            } finally {
                returned();
            }
        }

        private void returned() {
            underWay--;
            runIfQuiet();
        }
    }
}
