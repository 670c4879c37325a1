package io.headrace.app.demo;

/** Bounds that make the demo end by itself. */
final class Limits {

    /** Seconds of streaming after each thing that happens. */
    static final int STREAM_SECONDS = 2;

    /** Records a second at most: a laptop keeps cool, and the temporary directory stays below 200 MB. */
    static final int RECORDS_PER_SECOND = 100_000;

    /** Records that have to be acknowledged before the broker is killed. */
    static final int RECORDS_BEFORE_KILL = 1_000;

    /** Seconds in which a broker has to start, or to stop. */
    static final int BROKER_SECONDS = 15;

    /** Seconds in which the next thing has to happen: records acknowledged, records read. */
    static final int WAIT_SECONDS = 20;

    /** What went wrong, as far as it is told. */
    static final int FAULTS_TOLD = 5;

    /** Last lines of the broker's output that are kept. */
    static final int OUTPUT_LINES = 50;

    private Limits() {}
}
