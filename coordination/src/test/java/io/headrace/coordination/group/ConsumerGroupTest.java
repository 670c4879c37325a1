package io.headrace.coordination.group;

import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import io.headrace.coordination.group.consumer.MigrationPolicy;
import io.headrace.coordination.group.consumer.assignor.Assignor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The consumer protocol (KIP-848), as {@link ConsumerScript} tells it. */
final class ConsumerGroupTest {

    @Test
    void aPartitionIsRevokedByOneMemberBeforeTheNextIsGivenIt() {
        ConsumerScript.check("""
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t
            b: epoch 3, has nothing
            > the group is described
            group: Reconciling epoch 3, target 3 by uniform
            member a epoch 2, has t-0 t-1 t-2 t-3, target t-0 t-1
            member b epoch 3, has nothing, target t-2 t-3
            > b beats
            b: epoch 3
            > a beats
            a: epoch 2, has t-0 t-1
            > b beats
            b: epoch 3
            > a acknowledges
            a: epoch 3
            > b beats
            b: epoch 3, has t-2 t-3
            > the group is described
            group: Stable epoch 3, target 3 by uniform
            member a epoch 3, has t-0 t-1, target t-0 t-1
            member b epoch 3, has t-2 t-3, target t-2 t-3
            > a leaves
            a: epoch -1
            > b beats
            b: epoch 4, has t-0 t-1 t-2 t-3
            > b acknowledges
            b: epoch 4
            > groups are listed
            groups: g Stable consumer
            > b leaves
            b: epoch -1
            > groups are listed
            groups: g Empty consumer
            > the group is described
            group: Empty epoch 5, target 5 by uniform
            > the group is deleted
            deleted: NONE
            > groups are listed
            groups:
            """);
    }

    @Test
    void aMemberThatSaysEverythingIsToldEverything() {
        ConsumerScript.check("""
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > a beats
            a: epoch 2
            > a says everything
            a: epoch 2, has t-0 t-1 t-2 t-3
            """);
    }

    @Test
    void aMemberIsWhoItSaysAndInTheEpochThatItSays() {
        ConsumerScript.check("""
            > a beats in epoch 1
            a: GROUP_ID_NOT_FOUND: Group g not found.
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b beats in epoch 1
            b: UNKNOWN_MEMBER_ID: Member b is not a member of group g.
            > a beats in epoch 3
            a: FENCED_MEMBER_EPOCH: The consumer group member has a greater member epoch (3) than the one known by the group coordinator (2). The member must abandon all its partitions and rejoin.
            > a beats in epoch 1
            a: FENCED_MEMBER_EPOCH: The consumer group member has a smaller member epoch (1) than the one known by the group coordinator (2). The member must abandon all its partitions and rejoin.
            > b joins t
            b: epoch 3, has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > a acknowledges
            a: epoch 3
            > a beats in epoch 2
            a: FENCED_MEMBER_EPOCH: The consumer group member has a smaller member epoch (2) than the one known by the group coordinator (3). The member must abandon all its partitions and rejoin.
            > a beats in epoch 2 owning t-0 t-1
            a: epoch 3
            > a beats in epoch 2 owning t-0 t-1 t-2
            a: FENCED_MEMBER_EPOCH: The consumer group member has a smaller member epoch (2) than the one known by the group coordinator (3). The member must abandon all its partitions and rejoin.
            > b beats in epoch 0
            b: INVALID_REQUEST: RebalanceTimeoutMs must be provided in first request.
            > b leaves
            b: epoch -1
            > b leaves
            b: UNKNOWN_MEMBER_ID: Member b is not a member of group g.
            """);
    }

    @Test
    void aRequestThatMakesNoSenseIsRefused() {
        ConsumerScript.check("""
            > a joins t with assignor sticky
            a: UNSUPPORTED_ASSIGNOR: ServerAssignor sticky is not supported. Supported assignors: uniform, range.
            > a joins t with assignor range, regex t(
            a: INVALID_REGULAR_EXPRESSION: SubscribedTopicRegex `t(` is not a valid regular expression: missing closing ).
            > a goes away
            a: INVALID_REQUEST: InstanceId can't be null.
            > a beats in epoch -3
            a: INVALID_REQUEST: MemberEpoch is invalid.
            > a joins t with version 0, regex t.*, rebalance -1
            a: INVALID_REQUEST: RebalanceTimeoutMs must be provided in first request.
            > a joins t with version 0, rebalance 5000
            a: epoch 2, has t-0 t-1 t-2 t-3
            """);
    }

    @Test
    void aGroupHasOnlySoManyMembers() {
        ConsumerScript.check(settings(0, 2, MigrationPolicy.BIDIRECTIONAL), """
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t with instance i
            b: epoch 3, has nothing
            > c joins t
            c: GROUP_MAX_SIZE_REACHED: The consumer group has reached its maximum capacity of 2 members.
            > b goes away
            b: epoch -2
            > b comes back t
            b: epoch 3, has nothing
            """);
    }

    @Test
    void aMemberThatFallsSilentOrDoesNotRevokeIsOut() {
        ConsumerScript.check("""
            > a joins t with rebalance 60000
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t
            b: epoch 3, has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > 40000 ms pass
            > a beats
            a: epoch 2
            > b beats
            b: epoch 3
            > 19999 ms pass
            > b beats
            b: epoch 3
            > 1 ms pass
            > a beats
            a: UNKNOWN_MEMBER_ID: Member a is not a member of group g.
            > b beats
            b: epoch 4, has t-0 t-1 t-2 t-3
            > 45000 ms pass
            > groups are listed
            groups: g Empty consumer
            """);
    }

    @Test
    void aMemberThatRevokesInTimeStays() {
        ConsumerScript.check("""
            > a joins t with rebalance 1000
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t
            b: epoch 3, has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > 999 ms pass
            > a acknowledges
            a: epoch 3
            > 5000 ms pass
            > a beats
            a: epoch 3
            """);
    }

    @Test
    void aStaticMemberComesBackToWhatItHad() {
        ConsumerScript.check("""
            > a joins t with instance i
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t
            b: epoch 3, has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > a acknowledges
            a: epoch 3
            > b beats
            b: epoch 3, has t-2 t-3
            > c joins t with instance i
            c: UNRELEASED_INSTANCE_ID: Static member c with instance id i cannot join the group because the instance id is owned by a member.
            > a goes away
            a: epoch -2
            > the group is described
            group: Reconciling epoch 3, target 3 by uniform
            member a epoch -2, has t-0 t-1, target t-0 t-1
            member b epoch 3, has t-2 t-3, target t-2 t-3
            > a comes back t
            a: epoch 3, has t-0 t-1
            > the group is described
            group: Stable epoch 3, target 3 by uniform
            member a epoch 3, has t-0 t-1, target t-0 t-1
            member b epoch 3, has t-2 t-3, target t-2 t-3
            > c beats in epoch 3
            c: FENCED_INSTANCE_ID: Static member c with instance id i was fenced by member a1.
            > a goes away
            a: epoch -2
            > 40000 ms pass
            > b beats
            b: epoch 3
            > 5000 ms pass
            > the group is described
            group: Reconciling epoch 4, target 4 by uniform
            member b epoch 3, has t-2 t-3, target t-0 t-1 t-2 t-3
            """);
    }

    @Test
    void aStaticMemberThatLeavesForGoodGivesUpItsPlace() {
        ConsumerScript.check("""
            > a joins t with instance i
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t with instance j
            b: epoch 3, has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > a acknowledges
            a: epoch 3
            > b beats
            b: epoch 3, has t-2 t-3
            > a leaves
            a: epoch -1
            > b beats
            b: epoch 4, has t-0 t-1 t-2 t-3
            > a beats
            a: UNKNOWN_MEMBER_ID: Instance id i is unknown.
            """);
    }

    @Test
    void theGroupFollowsItsTopics() {
        ConsumerScript.check("""
            > a joins t x
            a: epoch 2, has t-0 t-1 t-2 t-3
            > topic x is created
            > a beats
            a: epoch 3, has t-0 t-1 t-2 t-3 x-0 x-1
            > topic t has 5 partitions
            > a beats
            a: epoch 4, has t-0 t-1 t-2 t-3 t-4 x-0 x-1
            > topic t is deleted
            > a beats
            a: epoch 4, has x-0 x-1
            > a acknowledges
            a: epoch 5
            > the group is described
            group: Stable epoch 5, target 5 by uniform
            member a epoch 5, has x-0 x-1, target x-0 x-1
            """);
    }

    @Test
    void aSubscriptionThatChangesTakesEffectAtOnce() {
        ConsumerScript.check("""
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins u
            b: epoch 3, has u-0 u-1
            > a subscribes to u
            a: epoch 2, has nothing
            > a acknowledges
            a: epoch 4
            > b beats
            b: epoch 3, has u-0
            > b acknowledges
            b: epoch 4
            > a beats
            a: epoch 4, has u-1
            > a subscribes to
            a: epoch 4, has nothing
            > a acknowledges
            a: epoch 5
            > b beats
            b: epoch 5, has u-0 u-1
            > the group is described
            group: Stable epoch 5, target 5 by uniform
            member a epoch 5, has nothing, target nothing
            member b epoch 5, has u-0 u-1, target u-0 u-1
            """);
    }

    @Test
    void aPatternStandsForTopicsThatComeAndGo() {
        ConsumerScript.check("""
            > a joins with regex t|x.*
            a: epoch 2, has t-0 t-1 t-2 t-3
            > topic x1 is created
            > a beats
            a: epoch 2
            > 1000 ms pass
            > a beats
            a: epoch 3, has t-0 t-1 t-2 t-3 x1-0 x1-1
            > topic t is deleted
            > 1000 ms pass
            > a beats
            a: epoch 3, has x1-0 x1-1
            > b joins t with regex [
            b: INVALID_REGULAR_EXPRESSION: SubscribedTopicRegex `[` is not a valid regular expression: missing closing ].
            > b joins u with regex x.*
            b: epoch 5, has u-0 u-1
            > a subscribes to u with regex none
            a: epoch 3, has nothing
            > the group is described
            group: Reconciling epoch 6, target 6 by uniform
            member a epoch 3, has x1-0 x1-1, target u-0 u-1
            member b epoch 5, has u-0 u-1, target x1-0 x1-1
            > the coordinator crashes
            > the group is described
            group: Reconciling epoch 6, target 6 by uniform
            member a epoch 3, has x1-0 x1-1, target u-0 u-1
            member b epoch 5, has u-0 u-1, target x1-0 x1-1
            """);
    }

    @Test
    void mostMembersChooseTheAssignor() {
        ConsumerScript.check("""
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t with assignor range
            b: epoch 3, has nothing
            > the group is described
            group: Reconciling epoch 3, target 3 by range
            member a epoch 2, has t-0 t-1 t-2 t-3, target t-0 t-1
            member b epoch 3, has nothing, target t-2 t-3
            > c joins t with assignor uniform
            c: epoch 4, has nothing
            > d joins t with assignor uniform
            d: epoch 5, has nothing
            > the group is described
            group: Reconciling epoch 5, target 5 by uniform
            member a epoch 2, has t-0 t-1 t-2 t-3, target t-0
            member b epoch 3, has nothing, target t-2
            member c epoch 4, has nothing, target t-3
            member d epoch 5, has nothing, target t-1
            """);
    }

    @Test
    void targetsKeepTheirDistanceIfThatIsConfigured() {
        ConsumerScript.check(settings(1000, 10, MigrationPolicy.BIDIRECTIONAL), """
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t
            b: epoch 2, has nothing
            > groups are listed
            groups: g Assigning consumer
            > 999 ms pass
            > a beats
            a: epoch 2
            > 1 ms pass
            > b beats
            b: epoch 3
            > a beats
            a: epoch 2, has t-0 t-1
            """);
    }

    @Test
    void commitsAreFencedByTheMembersEpoch() {
        ConsumerScript.check("""
            > nobody commits t-0=1 in epoch -1
            nobody: NONE
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > nobody commits t-0=2 in epoch -1
            nobody: UNKNOWN_MEMBER_ID
            > a commits t-0=3
            a: NONE
            > a commits t-0=4 with version 8
            a: UNSUPPORTED_VERSION
            > a commits t-0=4 in epoch 3
            a: STALE_MEMBER_EPOCH
            > b joins t
            b: epoch 3, has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > a acknowledges
            a: epoch 3
            > b beats
            b: epoch 3, has t-2 t-3
            > a commits t-0=5 in epoch 2
            a: NONE
            > a commits t-3=6 in epoch 2
            a: STALE_MEMBER_EPOCH
            > b commits t-3=7
            b: NONE
            > b commits t-3=8 in epoch 2
            b: STALE_MEMBER_EPOCH
            > b fetches t-3
            b: 7
            > b fetches t-3 in epoch 2
            b: STALE_MEMBER_EPOCH
            > nobody fetches t-3 in epoch 3
            nobody: UNKNOWN_MEMBER_ID
            > a leaves
            a: epoch -1
            > a commits t-0=9
            a: UNKNOWN_MEMBER_ID
            > b beats
            b: epoch 4, has t-0 t-1 t-2 t-3
            > b fetches t-0
            b: 5
            """);
    }

    @Test
    void offsetsOfSubscribedTopicsAreKept() {
        ConsumerScript.check("""
            > a joins with regex t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > a commits t-0=5
            a: NONE
            > the offsets of t-0 are deleted
            deleted: GROUP_SUBSCRIBED_TO_TOPIC
            > a leaves
            a: epoch -1
            > the offsets of t-0 are deleted
            deleted: NONE
            """);
    }

    @Test
    void aGroupGoesOnAfterACrash() {
        ConsumerScript.check("""
            > a joins t with rebalance 1000
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins t with instance i
            b: epoch 3, has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > the coordinator crashes
            > the group is described
            group: Reconciling epoch 3, target 3 by uniform
            member a epoch 2, has t-0 t-1 t-2 t-3, target t-0 t-1
            member b epoch 3, has nothing, target t-2 t-3
            > b beats
            b: epoch 3
            > 999 ms pass
            > a acknowledges
            a: epoch 3
            > b beats
            b: epoch 3, has t-2 t-3
            > b goes away
            b: epoch -2
            > the coordinator crashes
            > b comes back t
            b: epoch 3, has t-2 t-3
            > 45000 ms pass
            > the group is described
            group: Empty epoch 5, target 5 by uniform
            """);
    }

    @Test
    void aGroupOfOffsetsAloneBecomesAConsumerGroup() {
        ConsumerScript.check("""
            > nobody commits t-0=7 in epoch -1
            nobody: NONE
            > groups are listed
            groups: g Empty classic
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > a fetches t-0
            a: 7
            > groups are listed
            groups: g Stable consumer
            > the coordinator crashes
            > groups are listed
            groups: g Stable consumer
            > a fetches t-0
            a: 7
            """);
    }

    private static ConsumerGroupSettings settings(int assignmentIntervalMs, int maxSize, MigrationPolicy migration) {
        return new ConsumerGroupSettings(
                45_000,
                5_000,
                false,
                assignmentIntervalMs,
                maxSize,
                List.of(Assignor.UNIFORM, Assignor.RANGE),
                migration,
                600_000);
    }
}
