package io.headrace.replication;

/** The named limits of this module. */
final class Limits {

    /**
     * Milliseconds for which a partition takes no appends after a write failed, and is not opened again after that failed.
     * On a full disk every attempt would cost a reading of the log's end; in between the partition serves readers.
     */
    static final long PAUSE_AFTER_FAILURE_MS = 1_000;

    private Limits() {}
}
