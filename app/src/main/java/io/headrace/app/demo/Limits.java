package io.headrace.app.demo;

/** Bounds that make the demo end by itself. */
final class Limits {

    /** Seconds that flights are streamed before the last pass over them is finished. */
    static final int STREAM_SECONDS = 8;

    /** Passes over the flights, should the machine be fast: two million records. */
    static final int PASSES = 100;

    /** Seconds in which a broker has to start, or to stop. */
    static final int BROKER_SECONDS = 15;

    /** Seconds in which everything written has to be acknowledged, or read. */
    static final int CATCH_UP_SECONDS = 30;

    /** What went wrong, as far as it is told. */
    static final int FAULTS_TOLD = 5;

    /** Last lines of the broker's output that are kept. */
    static final int OUTPUT_LINES = 20;

    private Limits() {}
}
