package io.headrace.runtime;

/** When the next request of the same connection may be handled. Responses leave in request order in either case. */
public enum Placement {
    /** Once this one is answered. */
    SERIAL,
    /** Once this one is {@linkplain Exchange#placed() placed}, although its answer may still wait for the disk. */
    PIPELINED
}
