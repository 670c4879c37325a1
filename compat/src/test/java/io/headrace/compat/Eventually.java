package io.headrace.compat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what comes true by itself. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 5_000_000;

    private Eventually() {}

    public static void until(String what, Condition condition) throws Exception {
        until(what, PATIENCE, condition);
    }

    public static void until(String what, Duration patience, Condition condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not in " + patience + ": " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Something to look at again and again. */
    public interface Condition {
        boolean holds() throws Exception;
    }
}
