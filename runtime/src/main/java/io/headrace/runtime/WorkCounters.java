package io.headrace.runtime;

/**
 * What a kind of disk work has cost since the start.
 *
 * @param tasks finished, the failed ones included
 * @param failed those of them that threw
 * @param queued waiting now
 * @param waitNanos total time that the finished tasks waited for a thread
 * @param waitMaxNanos the longest wait
 * @param runNanos total time that they ran
 * @param runMaxNanos the longest run
 */
public record WorkCounters(
        long tasks, long failed, int queued, long waitNanos, long waitMaxNanos, long runNanos, long runMaxNanos) {}
