package io.headrace.coordination.group.consumer;

import io.headrace.coordination.group.Committer;
import io.headrace.wire.ErrorCode;

/**
 * Which commits and fetches of offsets a consumer group lets pass: those of members in their epoch. A member may commit in
 * an earlier epoch what it has had since before that (KIP-1251), so that a commit that is under way while the group goes on
 * is not lost.
 */
final class CommitFence {

    /** From then on a commit can be told that its member epoch is stale. */
    private static final short MEMBER_EPOCH_VERSION = 9;

    private CommitFence() {}

    /** NONE if the commit may go on to its partitions. */
    static ErrorCode ofRequest(ConsumerGroup group, Committer committer) {
        if (isFromOutside(group, committer)) {
            return ErrorCode.NONE;
        }
        ConsumerGroupMember member = group.member(committer.memberId());
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        if (!committer.transactional() && !member.isClassic() && committer.version() < MEMBER_EPOCH_VERSION) {
            return ErrorCode.UNSUPPORTED_VERSION;
        }
        return committer.generationOrEpoch() > member.epoch() ? stale(member) : ErrorCode.NONE;
    }

    /** Of a commit that {@link #ofRequest} let pass. */
    static ErrorCode ofPartition(ConsumerGroup group, Committer committer, TopicIdPartition partition) {
        if (isFromOutside(group, committer)) {
            return ErrorCode.NONE;
        }
        ConsumerGroupMember member = group.member(committer.memberId());
        if (committer.generationOrEpoch() == member.epoch()) {
            return ErrorCode.NONE;
        }
        Integer givenIn = member.current().epochOf(partition);
        return givenIn == null || committer.generationOrEpoch() < givenIn ? stale(member) : ErrorCode.NONE;
    }

    /** Of the admin client, or of a transaction without a group's member. */
    private static boolean isFromOutside(ConsumerGroup group, Committer committer) {
        if (committer.generationOrEpoch() < 0 && group.isEmpty()) {
            return true;
        }
        return committer.transactional()
                && committer.generationOrEpoch() == -1
                && committer.memberId().isEmpty()
                && committer.instanceId() == null;
    }

    /** @param memberId null where the request names no member */
    static ErrorCode ofFetch(ConsumerGroup group, String memberId, int memberEpoch) {
        if (memberId == null && memberEpoch < 0) {
            return ErrorCode.NONE;
        }
        ConsumerGroupMember member = memberId == null ? null : group.member(memberId);
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return memberEpoch == member.epoch() ? ErrorCode.NONE : stale(member);
    }

    private static ErrorCode stale(ConsumerGroupMember member) {
        return member.isClassic() ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH;
    }
}
