package io.headrace.broker.coordination;

/** Every bound of the coordinators' hosts, in one place. */
final class Limits {

    /**
     * Milliseconds that requests wait for a coordinator to be loaded before they are told that it is. Coordinators are loaded
     * when they are first asked, which a busy machine takes some hundred milliseconds for, and not every client asks again:
     * the admin client of librdkafka takes what is said of a group for the end of it.
     */
    static final long LOAD_GRACE_MS = 1_000;

    /** Requests that wait for one coordinator to be loaded; those beyond are told at once. */
    static final int WAITING_FOR_LOAD = 1_000;

    /** Milliseconds after a failed load in which requests are turned away without another one. */
    static final long PAUSE_AFTER_FAILED_LOAD_MS = 1_000;

    /** Milliseconds before a coordinator is loaded again that has wanted to write what no segment holds, and may want to again. */
    static final long PAUSE_AFTER_STEP_TOO_LARGE_MS = 1_000;

    private Limits() {}
}
