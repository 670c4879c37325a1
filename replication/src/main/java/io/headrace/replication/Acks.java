package io.headrace.replication;

/** What a producer wants to have happened before it is answered. */
public enum Acks {
    /** Nothing; there is no answer. */
    NONE,
    /** The leader's write. */
    LEADER,
    /** Every in-sync replica has it on disk. */
    ALL;

    /** Null for a number that the protocol does not know. */
    public static Acks forCode(short code) {
        return switch (code) {
            case 0 -> NONE;
            case 1 -> LEADER;
            case -1 -> ALL;
            default -> null;
        };
    }
}
