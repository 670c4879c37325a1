package io.headrace.coordination;

/** Limits of the coordinators. */
public final class Limits {

    /** From so many bytes of records on, work that can go on in another step does; sooner where batches are smaller. */
    static final int STEP_BYTES_ENOUGH = 500_000;

    /** Characters that a member id takes from a client's or an instance's name; with its UUID it is a string of the protocol. */
    public static final int MEMBER_NAME_CHARS = 10_000;

    private Limits() {}
}
