package io.headrace.replication;

import io.headrace.ports.DiskWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Disk threads turned by hand: a task runs, and its outcome is told, when a test says so. */
final class CrankedWork implements DiskWork {

    private final List<Job<?>> jobs = new ArrayList<>();
    private final Consumer<Job<?>> begun;

    CrankedWork(Consumer<Job<?>> begun) {
        this.begun = begun;
    }

    @Override
    public <T> void run(Task<T> task, Outcome<T> outcome) {
        Job<T> job = new Job<>(task, outcome);
        jobs.add(job);
        begun.accept(job);
    }

    @Override
    public <T> void flush(Task<T> task, Outcome<T> outcome) {
        run(task, outcome);
    }

    /** Those whose outcome has not been told, the oldest first. */
    List<Job<?>> jobs() {
        return new ArrayList<>(jobs);
    }

    void tell(Job<?> job) {
        jobs.remove(job);
        job.tell();
    }

    /** Runs and tells everything, in order, until nothing is left. */
    void finish() {
        while (!jobs.isEmpty()) {
            Job<?> job = jobs.getFirst();
            job.runIfNotRun();
            tell(job);
        }
    }

    /** One task, on its way to a disk thread and back. */
    static final class Job<T> {
        private final Task<T> task;
        private final Outcome<T> outcome;
        private boolean hasRun;
        private T result;
        private Exception failure;

        Job(Task<T> task, Outcome<T> outcome) {
            this.task = task;
            this.outcome = outcome;
        }

        /** What it does, in a word. */
        String kind() {
            return switch (task.getClass().getSimpleName()) {
                case "FlushTicket" -> "flush";
                case "RollTicket" -> "roll";
                case "RetentionTicket" -> "retain";
                case "CloseTicket" -> "seal";
                case "ColdRead" -> "seek";
                case "CompactionPass" -> "compact";
                case "SegmentReplacement" -> "exchange";
                case "CompactionLeftovers" -> "tidy";
                default -> "open";
            };
        }

        boolean hasRun() {
            return hasRun;
        }

        void runIfNotRun() {
            if (hasRun) {
                return;
            }
            hasRun = true;
            try {
                result = task.run();
            } catch (IOException | RuntimeException thrown) {
                failure = thrown;
            }
        }

        private void tell() {
            if (failure == null) {
                outcome.done(result);
            } else {
                outcome.failed(failure);
            }
        }
    }
}
