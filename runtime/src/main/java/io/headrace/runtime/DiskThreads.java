package io.headrace.runtime;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The few threads on which files may be waited for: some for ordinary work, some for fsync, so that neither waits for the
 * other. One for each log directory.
 */
public final class DiskThreads implements AutoCloseable {

    private final WorkerPool workers;
    private final WorkerPool flushers;
    private volatile boolean ended;

    /** At most so many threads; none exists before there is work for it. */
    public DiskThreads(int workers, int flushers) {
        this.workers = new WorkerPool("headrace-disk", workers, Limits.DISK_THREAD_IDLE_MS);
        this.flushers = new WorkerPool("headrace-flusher", flushers, Limits.DISK_THREAD_IDLE_MS);
    }

    /** The door for what a shard owns: outcomes are posted to it. */
    public DiskWork workFor(Shard owner) {
        return new WorkOfShard(owner);
    }

    /** What ordinary work has cost so far. */
    public WorkCounters work() {
        return workers.counters();
    }

    /** What flushes have cost so far. */
    public WorkCounters flushes() {
        return flushers.counters();
    }

    /**
     * Finishes what is queued and ends the threads, unless the disk keeps them longer than {@link
     * Limits#DISK_THREADS_END_MS}. Work that comes later fails.
     */
    @Override
    public void close() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Limits.DISK_THREADS_END_MS);
        boolean workersEnded = workers.close(deadline);
        ended = flushers.close(deadline) && workersEnded;
    }

    /** Whether they were closed and nothing that they were given is still under way. */
    public boolean ended() {
        return ended;
    }

    private final class WorkOfShard implements DiskWork {
        private final Shard owner;

        /** Reads that wait for an earlier one to come back. They and the number under way are the owner's. */
        private final ArrayDeque<Errand<?>> reads = new ArrayDeque<>(0);

        private int readsUnderWay;

        WorkOfShard(Shard owner) {
            this.owner = owner;
        }

        @Override
        public <T> void run(Task<T> task, Outcome<T> outcome) {
            submit(workers, new Errand<>(owner, task, outcome));
        }

        @Override
        public <T> void flush(Task<T> task, Outcome<T> outcome) {
            submit(flushers, new Errand<>(owner, task, outcome));
        }

        @Override
        public <T> void read(Task<T> task, Outcome<T> outcome) {
            reads.add(new Errand<>(owner, task, new Outcome<T>() {
                @Override
                public void done(T result) {
                    nextRead();
                    outcome.done(result);
                }

                @Override
                public void failed(Exception cause) {
                    nextRead();
                    outcome.failed(cause);
                }

                private void nextRead() {
                    readsUnderWay--;
                    submitReads();
                }
            }));
            submitReads();
        }

        private void submitReads() {
            while (readsUnderWay < Limits.READS_AT_A_TIME && !reads.isEmpty()) {
                readsUnderWay++;
                submit(workers, reads.poll());
            }
        }

        private <T> void submit(WorkerPool pool, Errand<T> errand) {
            if (!pool.submit(errand)) {
                errand.refuse();
            }
        }
    }

    /** A task on its way to a disk thread, and then its outcome on the way back. */
    private static final class Errand<T> implements WorkerPool.Job, Runnable {
        private final Shard owner;
        private final DiskWork.Task<T> task;
        private final DiskWork.Outcome<T> outcome;
        private T result;
        private Exception failure;

        Errand(Shard owner, DiskWork.Task<T> task, DiskWork.Outcome<T> outcome) {
            this.owner = owner;
            this.task = task;
            this.outcome = outcome;
        }

        /** On a disk thread. Whatever the task throws is its owner's to judge, an Error too. */
        @Override
        public boolean work() {
            try {
                result = task.run();
            } catch (Exception e) {
                failure = e;
            } catch (Throwable e) {
                failure = new IllegalStateException("a disk task died", e);
            }
            owner.post(this);
            return failure == null;
        }

        void refuse() {
            failure = new IOException("no disk thread takes work any more, or too much is waiting for one");
            owner.post(this);
        }

        /** On the owner. */
        @Override
        public void run() {
            if (failure == null) {
                outcome.done(result);
            } else {
                outcome.failed(failure);
            }
        }
    }
}
