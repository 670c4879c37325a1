package io.headrace.coordination.group;

/**
 * In whose name offsets are committed.
 *
 * @param memberId empty outside of a group's membership
 * @param instanceId null for a dynamic member
 * @param generationOrEpoch negative outside of a group's membership
 * @param transactional whether it is a TxnOffsetCommit
 * @param version of the request
 */
public record Committer(
        String memberId, String instanceId, int generationOrEpoch, boolean transactional, short version) {

    /** Whether it says anything about being a member. */
    public boolean isMember() {
        return generationOrEpoch >= 0 || !memberId.isEmpty() || instanceId != null;
    }
}
