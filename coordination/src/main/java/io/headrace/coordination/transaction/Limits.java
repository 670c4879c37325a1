package io.headrace.coordination.transaction;

/** The bounds of a transaction coordinator that nobody configures. */
final class Limits {

    /** How long a request waits for the markers of the transaction before, until it is told to come again. */
    static final long PATIENCE_MS = 1_000;

    /** After how long an abort is tried again for which there was no producer id. */
    static final long RETRY_MS = 1_000;

    private Limits() {}
}
