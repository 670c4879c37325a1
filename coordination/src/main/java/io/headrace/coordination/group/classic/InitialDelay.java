package io.headrace.coordination.group.classic;

/**
 * How long the first members of an empty group go on waiting for others.
 *
 * @param delayMs of the timer that runs
 * @param leftMs after it, at most
 * @param memberCame since the timer began, which makes it worth while to wait once more
 */
record InitialDelay(int delayMs, int leftMs, boolean memberCame) {

    static InitialDelay first(int delayMs, int rebalanceTimeoutMs) {
        return new InitialDelay(delayMs, Math.max(rebalanceTimeoutMs - delayMs, 0), false);
    }

    boolean isOver() {
        return !memberCame || leftMs == 0;
    }

    InitialDelay withNewMember() {
        return new InitialDelay(delayMs, leftMs, true);
    }

    InitialDelay next(int configuredDelayMs) {
        return new InitialDelay(Math.min(configuredDelayMs, leftMs), Math.max(leftMs - delayMs, 0), false);
    }
}
