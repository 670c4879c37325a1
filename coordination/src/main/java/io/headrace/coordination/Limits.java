package io.headrace.coordination;

/** Limits of the coordinators. */
public final class Limits {

    /**
     * Bytes of records that a step may write; a batch holds one step. Below Kafka's default of {@code max.message.bytes}
     * (1,048,588), with room for the frames.
     */
    static final int STEP_BYTES = 1_000_000;

    /** From here on work that can go on in another step does. */
    static final int STEP_BYTES_ENOUGH = 500_000;

    /** Characters that a member id takes from a client's or an instance's name; with its UUID it is a string of the protocol. */
    public static final int MEMBER_NAME_CHARS = 10_000;

    private Limits() {}
}
