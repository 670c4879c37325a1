package io.headrace.log;

/** The named limits of this module. */
public final class Limits {

    /**
     * Records that a rejected batch names one by one. A batch of 1 MB may have 100,000 records, and every message is a
     * string in the response; whoever made such a batch has seen enough after a thousand.
     */
    public static final int RECORD_ERRORS = 1_000;

    private Limits() {}
}
