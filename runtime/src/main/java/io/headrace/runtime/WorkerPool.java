package io.headrace.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue of jobs and a few threads, which are made when there is more to do than idle ones, and end when there has been
 * nothing for a while. Jobs begin in the order in which they came. Any thread may submit.
 */
final class WorkerPool {

    /** Something to do on a thread of the pool. It throws nothing. */
    interface Job {
        /** Whether it succeeded. */
        boolean work();
    }

    private final String name;
    private final int maxThreads;
    private final long idleNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition submitted = lock.newCondition();
    private final Condition threadEnded = lock.newCondition();

    // All below within the lock.
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private int threads;
    private int idle;
    private int threadsStarted;
    private boolean closed;
    private long tasks;
    private long failed;
    private long waitNanos;
    private long waitMaxNanos;
    private long runNanos;
    private long runMaxNanos;

    WorkerPool(String name, int maxThreads, long idleMs) {
        this.name = name;
        this.maxThreads = maxThreads;
        idleNanos = TimeUnit.MILLISECONDS.toNanos(idleMs);
    }

    /** False if the pool is closed, or its queue full. */
    boolean submit(Job job) {
        lock.lock();
        try {
            if (closed || queue.size() >= Limits.DISK_TASKS_QUEUED) {
                return false;
            }
            queue.add(new Queued(job, System.nanoTime()));
            if (queue.size() > idle && threads < maxThreads) {
                startThread();
            } else {
                submitted.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    WorkCounters counters() {
        lock.lock();
        try {
            return new WorkCounters(tasks, failed, queue.size(), waitNanos, waitMaxNanos, runNanos, runMaxNanos);
        } finally {
            lock.unlock();
        }
    }

    int threads() {
        lock.lock();
        try {
            return threads;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more jobs, and returns when those submitted so far are done and the threads have ended, or the time is over.
     *
     * @param deadline of {@link System#nanoTime}
     * @return whether they have ended
     */
    boolean close(long deadline) {
        lock.lock();
        try {
            closed = true;
            submitted.signalAll();
            Uninterrupted.wait(() -> {
                long left = deadline - System.nanoTime();
                while (threads > 0 && left > 0) {
                    left = threadEnded.awaitNanos(left);
                }
            });
            return threads == 0;
        } finally {
            lock.unlock();
        }
    }

    private void startThread() {
        Thread thread = new Thread(this::work, name + "-" + threadsStarted++);
        thread.setDaemon(true);
        thread.start();
        threads++;
    }

    private void work() {
        Queued next;
        while ((next = next()) != null) {
            long begun = System.nanoTime();
            boolean succeeded = next.job.work();
            count(succeeded, begun - next.sinceNanos, System.nanoTime() - begun);
        }
    }

    /** Waits for the next job; null if there will be none for this thread, which is written off then. */
    private Queued next() {
        lock.lock();
        try {
            awaitJob();
            Queued next = queue.poll();
            if (next == null) {
                threads--;
                threadEnded.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void awaitJob() {
        idle++;
        try {
            long nanosLeft = idleNanos;
            while (queue.isEmpty() && !closed && nanosLeft > 0) {
                nanosLeft = submitted.awaitNanos(nanosLeft);
            }
        } catch (InterruptedException e) {
            // Nobody has reason to interrupt these threads. The status stays cleared: it would close the files they
            // use.
        } finally {
            idle--;
        }
    }

    private void count(boolean succeeded, long waited, long ran) {
        lock.lock();
        try {
            tasks++;
            failed += succeeded ? 0 : 1;
            waitNanos += waited;
            waitMaxNanos = Math.max(waitMaxNanos, waited);
            runNanos += ran;
            runMaxNanos = Math.max(runMaxNanos, ran);
        } finally {
            lock.unlock();
        }
    }

    private record Queued(Job job, long sinceNanos) {}
}
