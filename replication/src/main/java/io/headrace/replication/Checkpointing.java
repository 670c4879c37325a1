package io.headrace.replication;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the recovery point of a log is behind, who wants it to follow, and hears of it. Run by the partition's thread.
 */
final class Checkpointing {

    private List<Runnable> due = new ArrayList<>(0);
    private List<Runnable> underWay = new ArrayList<>(0);
    private long flushedSince;

    /** {@code done} runs once: when what is flushed now is below the recovery point, or when that will never be. */
    void add(Runnable done) {
        due.add(done);
    }

    /** A checkpoint has been asked for that has not begun. */
    boolean areDue() {
        return !due.isEmpty();
    }

    /** What is asked for from now on waits for the next one. */
    void begin() {
        List<Runnable> begun = due;
        due = underWay;
        underWay = begun;
    }

    /** Hears of every flush; {@code checkpoint} tells whether the recovery point has followed it. */
    void flushed(long bytes, boolean checkpoint) {
        flushedSince = checkpoint ? 0 : flushedSince + bytes;
        if (checkpoint) {
            complete();
        }
    }

    /** Bytes that were flushed since the recovery point last followed: about what a restart would have to read. */
    long flushedSince() {
        return flushedSince;
    }

    void complete() {
        List<Runnable> done = underWay;
        underWay = new ArrayList<>(0);
        done.forEach(Runnable::run);
    }

    /** There will be no more checkpoints. */
    void giveUp() {
        underWay.addAll(due);
        due = new ArrayList<>(0);
        complete();
    }
}
