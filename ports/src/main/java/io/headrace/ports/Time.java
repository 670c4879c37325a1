package io.headrace.ports;

/** The two clocks. Deadlines are set by the monotonic one, timestamps and retention read the wall. */
public interface Time {

    /** Milliseconds since an arbitrary origin; never goes back. */
    long monotonicMs();

    /** Milliseconds since the Unix epoch; may jump in both directions. */
    long wallMs();
}
