package io.headrace.coordination.group.consumer;

/** What a member has to do in time, or is out of the group. */
public sealed interface ConsumerTimer {

    String groupId();

    String memberId();

    /** Show that it is alive. */
    record Session(String groupId, String memberId) implements ConsumerTimer {}

    /** Revoke what it was told to. */
    record Revocation(String groupId, String memberId) implements ConsumerTimer {}

    /** Join again, in the classic protocol, after it was told to. */
    record Join(String groupId, String memberId) implements ConsumerTimer {}

    /** Ask for its assignment, in the classic protocol, after it has joined. */
    record Sync(String groupId, String memberId) implements ConsumerTimer {}
}
