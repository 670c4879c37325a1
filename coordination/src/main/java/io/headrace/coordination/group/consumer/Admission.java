package io.headrace.coordination.group.consumer;

import io.headrace.wire.ErrorCode;
import java.util.Set;

/** Who may speak for which member of a group. Only looks; null means that nothing is to be refused. */
final class Admission {

    private Admission() {}

    /** Of a member that is to be one more, unless it takes the place of another. */
    static Refusal ofSize(ConsumerGroup group, String memberId, String instanceId, int maxSize) {
        boolean isNew = group.member(memberId) == null && group.staticMember(instanceId) == null;
        return isNew && group.members().size() >= maxSize ? full(maxSize) : null;
    }

    static Refusal full(int maxSize) {
        return new Refusal(
                ErrorCode.GROUP_MAX_SIZE_REACHED,
                "The consumer group has reached its maximum capacity of " + maxSize + " members.");
    }

    /** Of one that says to be the member with that id, and, if it is static, with that instance id. */
    static Refusal ofIdentity(ConsumerGroup group, String memberId, String instanceId) {
        if (instanceId == null) {
            return group.member(memberId) != null
                    ? null
                    : new Refusal(
                            ErrorCode.UNKNOWN_MEMBER_ID,
                            "Member " + memberId + " is not a member of group " + group.groupId() + ".");
        }
        ConsumerGroupMember owner = group.staticMember(instanceId);
        if (owner == null) {
            return new Refusal(ErrorCode.UNKNOWN_MEMBER_ID, "Instance id " + instanceId + " is unknown.");
        }
        return owner.id().equals(memberId)
                ? null
                : new Refusal(
                        ErrorCode.FENCED_INSTANCE_ID,
                        "Static member " + memberId + " with instance id " + instanceId + " was fenced by member "
                                + owner.id() + ".");
    }

    /** Of one that joins in the consumer protocol as that instance; whose owner must have left it for now. */
    static Refusal ofInstance(ConsumerGroup group, String memberId, String instanceId) {
        ConsumerGroupMember owner = group.staticMember(instanceId);
        if (owner == null || owner.isClassic() || owner.epoch() == CurrentAssignment.LEFT_FOR_NOW) {
            return null;
        }
        return new Refusal(
                ErrorCode.UNRELEASED_INSTANCE_ID,
                "Static member " + memberId + " with instance id " + instanceId
                        + " cannot join the group because the instance id is owned by " + owner.id() + " member.");
    }

    /**
     * Of one that says to be in an epoch. It may be in the previous one if the answer that would have brought it on was
     * lost; then it owns nothing that it has not been given.
     */
    static Refusal ofEpoch(ConsumerGroupMember member, int epoch, Set<TopicIdPartition> owned) {
        if (member.current().state() == MemberState.UNKNOWN && (owned == null || !owned.isEmpty())) {
            return fenced("The consumer group member is in a unknown state.");
        }
        if (epoch > member.epoch()) {
            return fenced("The consumer group member has a greater member epoch (" + epoch
                    + ") than the one known by the group coordinator (" + member.epoch() + ").");
        }
        boolean repeats = epoch == member.current().previousEpoch()
                && owned != null
                && member.current().assigned().keySet().containsAll(owned);
        if (epoch < member.epoch() && !repeats) {
            return fenced("The consumer group member has a smaller member epoch (" + epoch
                    + ") than the one known by the group coordinator (" + member.epoch() + ").");
        }
        return null;
    }

    private static Refusal fenced(String why) {
        return new Refusal(
                ErrorCode.FENCED_MEMBER_EPOCH, why + " The member must abandon all its partitions and rejoin.");
    }
}
