package io.headrace.coordination.group.classic;

/** The timers of classic groups. A timer of an earlier generation does nothing. */
public sealed interface ClassicTimer {

    String groupId();

    /** A member, or one that knows its id and has not joined with it, has not been heard of for too long. */
    record Session(String groupId, String memberId) implements ClassicTimer {}

    /** A heartbeat has waited for news long enough. */
    record Heartbeat(String groupId, String memberId) implements ClassicTimer {}

    /** The first members of an empty group have waited for more. */
    record InitialDelay(String groupId, int generation) implements ClassicTimer {}

    /** Who has not joined by now is not waited for. */
    record Join(String groupId, int generation) implements ClassicTimer {}

    /** Who has not asked for its assignment by now is taken for dead. */
    record Sync(String groupId, int generation) implements ClassicTimer {}
}
