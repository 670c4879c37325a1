package io.headrace.replication;

import io.headrace.ports.Time;

/** The clocks stand still until a test moves them. */
final class SetTime implements Time {

    static final long WALL_AT_START_MS = 1_700_000_000_000L;

    private long passedMs;

    @Override
    public long monotonicMs() {
        return passedMs;
    }

    @Override
    public long wallMs() {
        return WALL_AT_START_MS + passedMs;
    }

    void pass(long ms) {
        passedMs += ms;
    }
}
