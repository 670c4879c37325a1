package io.headrace.runtime;

/** The named limits of this module. */
public final class Limits {

    /** Bytes of one read or write between a file and a buffer on the heap; the JDK keeps a direct buffer of that size. */
    static final int HEAP_IO_BYTES = 1 << 20;

    private Limits() {}
}
