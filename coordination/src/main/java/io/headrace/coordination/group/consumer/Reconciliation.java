package io.headrace.coordination.group.consumer;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.Uuid;

/**
 * One step of a member towards its target: what goes is revoked before anything is given, and only what nobody else holds
 * is given.
 *
 * @param current where the member is
 * @param subscribed the topics that it subscribes to now
 * @param targetEpoch the epoch that the target was made for
 * @param target what the member shall have in the end
 * @param owned what the member says that it owns; null if it said nothing
 * @param heldByAnother whether some other member may still be using a partition
 */
record Reconciliation(
        CurrentAssignment current,
        Set<Uuid> subscribed,
        int targetEpoch,
        NavigableSet<TopicIdPartition> target,
        Set<TopicIdPartition> owned,
        Predicate<TopicIdPartition> heldByAnother) {

    /**
     * Where the member is after this step; the same if nothing changes.
     *
     * @param subscriptionChanged whether the member has just changed what it subscribes to, which may take partitions away
     *     before there is a new target
     */
    CurrentAssignment step(boolean subscriptionChanged) {
        return switch (current.state()) {
            case STABLE -> {
                if (current.epoch() != targetEpoch) {
                    yield towardsTarget(current.epoch());
                }
                yield subscriptionChanged ? withoutUnsubscribed() : current;
            }
            case UNREVOKED_PARTITIONS -> {
                if (!mayOwnAnyOf(current.revoking().keySet())) {
                    yield towardsTarget(current.epoch());
                }
                yield subscriptionChanged ? withoutUnsubscribed() : current;
            }
            case UNRELEASED_PARTITIONS -> towardsTarget(current.epoch());
            case UNKNOWN -> towardsTarget(targetEpoch);
        };
    }

    private CurrentAssignment towardsTarget(int epochWhileRevoking) {
        NavigableMap<TopicIdPartition, Integer> kept = new TreeMap<>();
        NavigableMap<TopicIdPartition, Integer> leaving = new TreeMap<>();
        current.assigned().forEach((partition, epoch) -> (isWanted(partition) ? kept : leaving).put(partition, epoch));
        if (mayOwnAnyOf(leaving.keySet())) {
            return new CurrentAssignment(
                    epochWhileRevoking, current.epoch(), MemberState.UNREVOKED_PARTITIONS, kept, leaving);
        }
        MemberState state = MemberState.STABLE;
        for (TopicIdPartition partition : target) {
            if (!isWanted(partition) || kept.containsKey(partition)) {
                continue;
            }
            if (heldByAnother.test(partition)) {
                state = MemberState.UNRELEASED_PARTITIONS;
            } else {
                kept.put(partition, targetEpoch);
            }
        }
        return new CurrentAssignment(targetEpoch, current.epoch(), state, kept, CurrentAssignment.NONE);
    }

    private CurrentAssignment withoutUnsubscribed() {
        NavigableMap<TopicIdPartition, Integer> kept = new TreeMap<>();
        NavigableMap<TopicIdPartition, Integer> leaving = new TreeMap<>(current.revoking());
        current.assigned()
                .forEach((partition, epoch) ->
                        (subscribed.contains(partition.topicId()) ? kept : leaving).put(partition, epoch));
        if (kept.size() == current.assigned().size()) {
            return current;
        }
        return mayOwnAnyOf(leaving.keySet())
                ? new CurrentAssignment(
                        current.epoch(), current.epoch(), MemberState.UNREVOKED_PARTITIONS, kept, leaving)
                : new CurrentAssignment(current.epoch(), current.epoch(), current.state(), kept, current.revoking());
    }

    private boolean isWanted(TopicIdPartition partition) {
        return target.contains(partition) && subscribed.contains(partition.topicId());
    }

    /** A member that says nothing about what it owns may own everything that it ever did. */
    private boolean mayOwnAnyOf(Collection<TopicIdPartition> partitions) {
        return !partitions.isEmpty() && (owned == null || partitions.stream().anyMatch(owned::contains));
    }
}
