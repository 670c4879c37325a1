package io.headrace.app.cli;

/** Bounds on what the commands read and wait for. */
final class Limits {

    /** Milliseconds after which a command gives up on a cluster that does not answer. */
    static final int ANSWER_WITHIN_MS = 10_000;

    /** Milliseconds to find out, after that, whether anybody listens there at all. */
    static final int CONNECT_WITHIN_MS = 1_000;

    /** Longest line in bytes that {@code produce} takes in; the producer itself refuses much smaller records by default. */
    static final int LINE_BYTES = 100 * 1024 * 1024;

    /** Milliseconds in which {@code groups describe} looks at the first unread record of each partition. */
    static final int FIRST_UNREAD_WITHIN_MS = 3_000;

    /** Milliseconds that {@code consume} waits in one go, and so the pace of its progress line. */
    static final int POLL_MS = 250;

    private Limits() {}
}
