package io.headrace.coordination.group;

import org.junit.jupiter.api.Test;

/** Heartbeats of patient clients, which wait for news. */
final class HeldHeartbeatTest {

    private static final String TWO_MEMBERS = """
            > a joins
            a: MEMBER_ID_REQUIRED
            > a joins
            a: generation 1 by range, leads a
            > b joins
            b: MEMBER_ID_REQUIRED
            > b joins
            > a joins
            a: generation 2 by range, leads a b
            b: generation 2 by range
            > a syncs a=0 b=1
            a: assigned 0
            > b syncs
            b: assigned 1
            """;

    @Test
    void aMemberHearsAtOnceThatAnotherHasLeft() {
        GroupScript.check(TWO_MEMBERS + """
            > a waits for news
            > b leaves
            a: REBALANCE_IN_PROGRESS
            b: NONE
            > a joins
            a: generation 3 by range, leads a
            """);
    }

    @Test
    void aMemberHearsAtOnceThatAnotherJoins() {
        GroupScript.check(TWO_MEMBERS + """
            > a waits for news
            > b waits for news
            > c joins
            c: MEMBER_ID_REQUIRED
            > c joins
            a: REBALANCE_IN_PROGRESS
            b: REBALANCE_IN_PROGRESS
            """);
    }

    @Test
    void aHeartbeatDuringARebalanceIsAnsweredAtOnce() {
        GroupScript.check(TWO_MEMBERS + """
            > b leaves
            b: NONE
            > a waits for news
            a: REBALANCE_IN_PROGRESS
            """);
    }

    @Test
    void withoutNewsItIsAnsweredAfterAWhileAndTheSessionRunsFromItsArrival() {
        GroupScript.check(TWO_MEMBERS + """
            > 1000 ms pass
            > a waits for news
            > 3332 ms pass
            > 1 ms pass
            a: NONE
            > 6666 ms pass
            > the group is described
            group: PreparingRebalance a=0
            > 1 ms pass
            > a heartbeats
            a: UNKNOWN_MEMBER_ID
            """);
    }

    @Test
    void theNextHeartbeatAndWhateverElseTheClientSaysEndTheWait() {
        GroupScript.check(TWO_MEMBERS + """
            > a waits for news
            > a waits for news
            a: NONE
            > a has more to say
            a: NONE
            > a has more to say
            """);
    }

    @Test
    void aMemberThatIsTakenOutIsTold() {
        GroupScript.check(TWO_MEMBERS + """
            > a waits for news
            > a are removed
            a: UNKNOWN_MEMBER_ID
            a: NONE
            """);
    }

    @Test
    void aStaticMemberThatIsReplacedIsFenced() {
        GroupScript.check("""
            > a joins with instance i
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > a waits for news
            > a2 joins with instance i
            a: FENCED_INSTANCE_ID
            a2: generation 1 by range, leads a2, assigns nothing
            """);
    }

    @Test
    void aCrashAnswersNobodyAndTheGroupGoesOn() {
        GroupScript.check(TWO_MEMBERS + """
            > a waits for news
            > the coordinator crashes
            > a heartbeats
            a: NONE
            """);
    }
}
