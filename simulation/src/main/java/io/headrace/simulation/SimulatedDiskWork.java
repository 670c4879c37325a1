package io.headrace.simulation;

import io.headrace.ports.Check;
import io.headrace.ports.DiskWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Disk threads under a seed. Each task has a thread of its own, but only one thread runs at any time: a task stops before
 * each of its disk operations, and {@link #step} says which one goes on, or whose outcome is delivered. So tasks interleave
 * with one another and with their owner at every operation, as they may in reality, and the same seed gives the same order.
 * Called by the simulation's thread.
 */
public final class SimulatedDiskWork implements DiskWork {

    private final SeededRandomness random;
    private final SimulatedDisk disk;
    private final Trace trace;
    private final List<Job<?>> jobs = new ArrayList<>();
    private Job<?> running;
    private int started;

    public SimulatedDiskWork(SeededRandomness random, SimulatedDisk disk, Trace trace) {
        this.random = random;
        this.disk = disk;
        this.trace = trace;
        disk.beforeOperation(this::letOthersRun);
    }

    @Override
    public <T> void run(Task<T> task, Outcome<T> outcome) {
        jobs.add(new Job<>(started++, task, outcome));
    }

    @Override
    public <T> void flush(Task<T> task, Outcome<T> outcome) {
        run(task, outcome);
    }

    public boolean idle() {
        return jobs.isEmpty();
    }

    /** One task runs up to its next disk operation, or one outcome is delivered. */
    public void step() {
        Job<?> job = jobs.get(random.below(jobs.size()));
        if (job.finished()) {
            jobs.remove(job);
            trace.event("outcome", "", job.number, 0);
            job.deliver();
        } else {
            resume(job);
            if (disk.isOff()) {
                throw new PowerLoss();
            }
        }
    }

    /** After a power loss: what was under way stops where it is, and nobody hears of it. */
    public void abandon() {
        Check.that(disk.isOff(), "work is abandoned only when the power is off");
        for (Job<?> job : jobs) {
            while (job.started() && !job.finished()) {
                resume(job);
            }
        }
        jobs.clear();
    }

    private void resume(Job<?> job) {
        running = job;
        job.goOn();
        running = null;
    }

    private void letOthersRun() {
        if (running != null) {
            running.pause();
        }
    }

    /** One task and its outcome. The two semaphores hand the only right to run back and forth. */
    private static final class Job<T> {
        private final int number;
        private final Task<T> task;
        private final Outcome<T> outcome;
        private final Semaphore mayRun = new Semaphore(0);
        private final Semaphore stopped = new Semaphore(0);
        private Thread thread;
        private boolean finished;
        private T result;
        private Throwable failure;

        Job(int number, Task<T> task, Outcome<T> outcome) {
            this.number = number;
            this.task = task;
            this.outcome = outcome;
        }

        boolean started() {
            return thread != null;
        }

        boolean finished() {
            return finished;
        }

        void goOn() {
            if (thread == null) {
                thread = Thread.ofVirtual().unstarted(this::runTask);
                thread.start();
            } else {
                mayRun.release();
            }
            stopped.acquireUninterruptibly();
        }

        void pause() {
            stopped.release();
            mayRun.acquireUninterruptibly();
        }

        private void runTask() {
            try {
                result = task.run();
            } catch (Throwable thrown) {
                failure = thrown;
            }
            finished = true;
            stopped.release();
        }

        void deliver() {
            switch (failure) {
                case null -> outcome.done(result);
                case Exception exception -> outcome.failed(exception);
                case Error error -> throw error;
                default -> throw new AssertionError(failure);
            }
        }
    }
}
