package io.headrace.coordination.group;

import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import io.headrace.coordination.group.consumer.MigrationPolicy;
import io.headrace.coordination.group.consumer.assignor.Assignor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups that change their protocol while they work, as {@link ConsumerScript} tells it. */
final class MigrationTest {

    /** A member of each protocol, with half of the topic each. */
    private static final String SHARED_WITH_A_CLASSIC_MEMBER = """
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins classic t
            b: MEMBER_ID_REQUIRED
            > b joins classic t
            b: generation 3 by range
            > b syncs
            b: has nothing
            > a beats
            a: epoch 2, has t-0 t-1
            > a acknowledges
            a: epoch 3
            > b checks
            b: REBALANCE_IN_PROGRESS
            > b joins classic t
            b: generation 3 by range
            > b syncs
            b: has t-2 t-3
            """;

    @Test
    void aClassicGroupIsRestartedMemberByMember() {
        ConsumerScript.check("""
            > a joins classic t
            a: MEMBER_ID_REQUIRED
            > a joins classic t
            a: generation 1 by range, leads
            > a syncs
            a: has t-0 t-1 t-2 t-3
            > b joins t
            b: epoch 2, has nothing
            > the group is described
            group: Reconciling epoch 2, target 2 by uniform
            classic a epoch 1, has t-0 t-1 t-2 t-3, target t-0 t-1
            member b epoch 2, has nothing, target t-2 t-3
            > a checks
            a: REBALANCE_IN_PROGRESS
            > a joins classic t
            a: generation 1 by range
            > a syncs
            a: has t-0 t-1
            > a checks
            a: REBALANCE_IN_PROGRESS
            > a joins classic t
            a: generation 2 by range
            > a syncs
            a: has t-0 t-1
            > b beats
            b: epoch 2, has t-2 t-3
            > the group is described
            group: Stable epoch 2, target 2 by uniform
            classic a epoch 2, has t-0 t-1, target t-0 t-1
            member b epoch 2, has t-2 t-3, target t-2 t-3
            > a quits
            a: NONE
            > a comes back t
            a: epoch 4, has nothing
            > b beats
            b: epoch 2, has nothing
            > b acknowledges
            b: epoch 4, has t-0 t-1
            > a beats
            a: epoch 4, has t-2 t-3
            > groups are listed
            groups: g Stable consumer
            """);
    }

    @Test
    void theLastMemberOfTheConsumerProtocolTakesTheGroupBack() {
        ConsumerScript.check(SHARED_WITH_A_CLASSIC_MEMBER + """
            > the group is described
            group: Stable epoch 3, target 3 by uniform
            member a epoch 3, has t-0 t-1, target t-0 t-1
            classic b epoch 3, has t-2 t-3, target t-2 t-3
            > a leaves
            a: epoch -1
            > groups are listed
            groups: g PreparingRebalance classic
            > b checks
            b: REBALANCE_IN_PROGRESS
            > b joins classic t
            b: generation 4 by range, leads
            > b syncs
            b: has t-0 t-1 t-2 t-3
            """);
    }

    @Test
    void aStaticMemberGoesOverAndBack() {
        ConsumerScript.check("""
            > a joins classic t with instance i
            a: generation 1 by range, leads
            > a syncs
            a: has t-0 t-1 t-2 t-3
            > a comes back t
            a: epoch 1, has t-0 t-1 t-2 t-3
            > the group is described
            group: Stable epoch 1, target 1 by uniform
            member a epoch 1, has t-0 t-1 t-2 t-3, target t-0 t-1 t-2 t-3
            > a goes away
            a: epoch -2
            > a comes back classic t
            a: generation 1 by range
            > groups are listed
            groups: g Stable classic
            > a syncs
            a: has t-0 t-1 t-2 t-3
            > the coordinator crashes
            > groups are listed
            groups: g Stable classic
            > a checks
            a: NONE
            """);
    }

    @Test
    void whatIsNotAllowedDoesNotHappen() {
        ConsumerScript.check(settings(MigrationPolicy.DISABLED), """
            > a joins classic t
            a: MEMBER_ID_REQUIRED
            > a joins classic t
            a: generation 1 by range, leads
            > a syncs
            a: has t-0 t-1 t-2 t-3
            > b joins t
            b: GROUP_ID_NOT_FOUND: Cannot upgrade classic group g to consumer group because online upgrade is disabled.
            > a quits
            a: NONE
            > b joins t
            b: epoch 2, has t-0 t-1 t-2 t-3
            > a comes back classic t
            a: INCONSISTENT_GROUP_PROTOCOL
            > groups are listed
            groups: g Stable consumer
            """);
    }

    @Test
    void withoutDowngradeTheGroupStaysAConsumerGroup() {
        ConsumerScript.check(settings(MigrationPolicy.UPGRADE), """
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins classic t
            b: MEMBER_ID_REQUIRED
            > b joins classic t
            b: generation 3 by range
            > b syncs
            b: has nothing
            > a leaves
            a: epoch -1
            > groups are listed
            groups: g Reconciling consumer
            > b checks
            b: REBALANCE_IN_PROGRESS
            > b joins classic t
            b: generation 4 by range
            > b syncs
            b: has t-0 t-1 t-2 t-3
            """);
    }

    @Test
    void aClassicMemberThatDoesNotJoinAgainInTimeIsOut() {
        ConsumerScript.check("""
            > a joins classic t with rebalance 5000
            a: MEMBER_ID_REQUIRED
            > a joins classic t
            a: generation 1 by range, leads
            > a syncs
            a: has t-0 t-1 t-2 t-3
            > b joins t
            b: epoch 2, has nothing
            > b beats
            b: epoch 2
            > a checks
            a: REBALANCE_IN_PROGRESS
            > 4000 ms pass
            > a checks
            a: REBALANCE_IN_PROGRESS
            > 1000 ms pass
            > a checks
            a: UNKNOWN_MEMBER_ID
            > b beats
            b: epoch 3, has t-0 t-1 t-2 t-3
            """);
    }

    @Test
    void aClassicMemberThatDoesNotSyncInTimeIsOut() {
        ConsumerScript.check("""
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > b joins classic t with rebalance 5000
            b: MEMBER_ID_REQUIRED
            > b joins classic t
            b: generation 3 by range
            > 5000 ms pass
            > b syncs
            b: UNKNOWN_MEMBER_ID
            """);
    }

    @Test
    void aClassicMemberInAConsumerGroupIsFencedAsInAClassicOne() {
        ConsumerScript.check(SHARED_WITH_A_CLASSIC_MEMBER + """
            > b commits t-2=5
            b: NONE
            > b commits t-2=6 in epoch 9
            b: ILLEGAL_GENERATION
            > b fetches t-2 in epoch 1
            b: ILLEGAL_GENERATION
            > a checks
            a: UNKNOWN_MEMBER_ID
            > b subscribes to t
            b: epoch 3
            """);
    }

    @Test
    void anEmptyGroupIsWhateverItsNextMemberSays() {
        ConsumerScript.check(settings(MigrationPolicy.DISABLED), """
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > a leaves
            a: epoch -1
            > groups are listed
            groups: g Empty consumer
            > b joins classic t
            b: MEMBER_ID_REQUIRED
            > b joins classic t
            b: generation 1 by range, leads
            > b syncs
            b: has t-0 t-1 t-2 t-3
            > groups are listed
            groups: g Stable classic
            > b quits
            b: NONE
            > groups are listed
            groups: g Empty classic
            > a joins t
            a: epoch 2, has t-0 t-1 t-2 t-3
            > groups are listed
            groups: g Stable consumer
            """);
    }

    private static ConsumerGroupSettings settings(MigrationPolicy migration) {
        return new ConsumerGroupSettings(
                45_000,
                5_000,
                false,
                0,
                Integer.MAX_VALUE,
                List.of(Assignor.UNIFORM, Assignor.RANGE),
                migration,
                600_000);
    }
}
