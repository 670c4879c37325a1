package io.headrace.broker.transaction;

/** The bounds of transactions that nobody configures. */
final class Limits {

    /** Milliseconds until a marker that could not be written is tried again. */
    static final long MARKER_RETRY_MS = 100;

    private Limits() {}
}
