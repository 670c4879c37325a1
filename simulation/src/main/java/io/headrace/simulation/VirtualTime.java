package io.headrace.simulation;

import io.headrace.ports.Check;
import io.headrace.ports.Time;

/** Time that passes when the simulation says so. The wall may jump, the monotonic clock only advances. */
public final class VirtualTime implements Time {

    /** 2026-01-01T00:00:00Z, so that timestamps look like timestamps. */
    private static final long WALL_AT_START_MS = 1_767_225_600_000L;

    private long monotonicMs;
    private long wallAheadMs = WALL_AT_START_MS;

    @Override
    public long monotonicMs() {
        return monotonicMs;
    }

    @Override
    public long wallMs() {
        return monotonicMs + wallAheadMs;
    }

    public void advance(long ms) {
        Check.that(ms >= 0, "time went back", ms, 0);
        monotonicMs += ms;
    }

    /** Somebody set the clock. */
    public void jumpWall(long ms) {
        wallAheadMs += ms;
    }
}
