package io.headrace.app.cli;

/** What the process tells its caller. An end by signal (130, 143) is the JVM's doing. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    /** What the shell reports of a program that SIGPIPE has ended: 128 and the signal's number. */
    static final int OUTPUT_CLOSED = 141;

    private ExitCode() {}
}
