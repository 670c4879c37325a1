package io.headrace.coordination.group;

/** Since when the retention of a group's offsets counts. Offsets of topics that the group is subscribed to never expire. */
public sealed interface OffsetExpiry {

    /** While somebody may still need them. */
    record Never() implements OffsetExpiry {}

    /** Each offset by itself, since it was committed. */
    record SinceCommit() implements OffsetExpiry {}

    /** All of them since one moment, as a rule since the last member left. */
    record Since(long wallMs) implements OffsetExpiry {}
}
