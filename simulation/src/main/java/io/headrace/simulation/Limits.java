package io.headrace.simulation;

/** What bounds a simulation. */
final class Limits {

    /** Events kept in memory; enough to see a crash and the load before it. */
    static final int EVENTS_KEPT = 400;

    /** Events printed with a failure. */
    static final int EVENTS_SHOWN = 60;

    /** Bytes; a larger simulated file would not fit what a simulation is for, and is a runaway. */
    static final int FILE_BYTES = 64 << 20;

    /** Bytes that one call of a simulated transferTo moves, so that callers have to loop. */
    static final int TRANSFER_STEP_BYTES = 8 << 10;

    private Limits() {}
}
