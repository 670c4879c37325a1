package io.headrace.testing;

import io.headrace.ports.Time;

/** The clocks stand still until a test moves them. */
public final class SetTime implements Time {

    public static final long WALL_AT_START_MS = 1_700_000_000_000L;

    private long monotonicMs;
    private long wallMs = WALL_AT_START_MS;

    @Override
    public long monotonicMs() {
        return monotonicMs;
    }

    @Override
    public long wallMs() {
        return wallMs;
    }

    /** Both clocks. */
    public void pass(long ms) {
        monotonicMs += ms;
        wallMs += ms;
    }

    /** The wall clock jumps; the other does not. */
    public void setWall(long ms) {
        wallMs = ms;
    }
}
