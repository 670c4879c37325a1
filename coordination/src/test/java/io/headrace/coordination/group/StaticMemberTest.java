package io.headrace.coordination.group;

import org.junit.jupiter.api.Test;

/** Members with an instance id (KIP-345), as {@link GroupScript} tells it. */
final class StaticMemberTest {

    /** Both of them static, and with an assignment. */
    private static final String TWO_MEMBERS = """
            > a joins with instance i
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > b joins with instance j
            > a joins
            a: generation 2 by range, leads a j
            b: generation 2 by range
            > a syncs a=0 b=1
            a: assigned 0
            > b syncs
            b: assigned 1
            """;

    /** One static member, with all of the assignment. */
    private static final String ALONE = """
            > a joins with instance i
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            """;

    @Test
    void oneThatStartsAgainGetsItsAssignmentBackAndNobodyNotices() {
        GroupScript.check(TWO_MEMBERS + """
            > b starts again
            > b joins
            b: generation 2 by range
            > b syncs
            b: assigned 1
            > a heartbeats
            a: NONE
            > the group is described
            group: Stable by range a=0 b=1
            > b commits t-1=5
            b: NONE
            """);
    }

    @Test
    void aLeaderThatStartsAgainIsToldToAssignNothing() {
        GroupScript.check(TWO_MEMBERS + """
            > a starts again
            > a joins
            a: generation 2 by range, leads b a, assigns nothing
            > a syncs
            a: assigned 0
            > b heartbeats
            b: NONE
            > a starts again
            > a joins with version 8
            a: generation 2 by range
            > a syncs
            a: assigned 0
            > b heartbeats
            b: NONE
            """);
    }

    @Test
    void whoHoldsTheOldIdIsFenced() {
        GroupScript.check(ALONE + """
            > twin joins with instance i
            twin: generation 1 by range, leads twin, assigns nothing
            > a heartbeats
            a: FENCED_INSTANCE_ID
            > a syncs
            a: FENCED_INSTANCE_ID
            > a commits t-0=5
            a: FENCED_INSTANCE_ID
            > a leaves
            a: FENCED_INSTANCE_ID
            > a joins with instance i
            a: generation 1 by range, leads a, assigns nothing
            > twin joins
            twin: FENCED_INSTANCE_ID
            > twin commits t-0=5
            twin: FENCED_INSTANCE_ID
            """);
    }

    @Test
    void whoWaitsUnderTheOldIdIsFenced() {
        GroupScript.check(ALONE + """
            > b joins with instance j
            > a joins
            a: generation 2 by range, leads a j
            b: generation 2 by range
            > b syncs
            > b2 joins with instance j
            b: FENCED_INSTANCE_ID
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > a joins
            a: generation 3 by range, leads a j
            b2: generation 3 by range
            > b2 syncs
            > a syncs a=0 b2=1
            a: assigned 0
            b2: assigned 1
            > c joins with instance k
            > c2 joins with instance k
            c: FENCED_INSTANCE_ID
            > a joins
            > b2 joins
            a: generation 4 by range, leads a b2 k
            b2: generation 4 by range
            c2: generation 4 by range
            """);
    }

    @Test
    void otherProtocolsAreAReasonToAssignAnew() {
        GroupScript.check("""
            > a joins with instance i, protocols range sticky
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > b joins with instance j, protocols range sticky
            > a joins
            a: generation 2 by range, leads a j
            b: generation 2 by range
            > a syncs a=0 b=1
            a: assigned 0
            > b syncs
            b: assigned 1
            > b starts again
            > b joins with protocols sticky
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > a joins
            a: generation 3 by sticky, leads a j
            b: generation 3 by sticky
            """);
    }

    @Test
    void itIsMissedOnlyWhenItsSessionIsOver() {
        GroupScript.check(ALONE + """
            > b joins with instance j, session 30000
            > a joins
            a: generation 2 by range, leads a j
            b: generation 2 by range
            > a syncs a=0 b=1
            a: assigned 0
            > b syncs
            b: assigned 1
            > 9000 ms pass
            > a heartbeats
            a: NONE
            > 9000 ms pass
            > a heartbeats
            a: NONE
            > 9000 ms pass
            > a heartbeats
            a: NONE
            > 3000 ms pass
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            """);
    }

    @Test
    void anAdministratorRemovesThemByInstance() {
        GroupScript.check(TWO_MEMBERS + """
            > b starts again
            > c joins with instance k
            > c starts again
            > b c are removed
            c: UNKNOWN_MEMBER_ID
            b: NONE
            c: NONE
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > a joins
            a: generation 3 by range, leads a
            """);
    }

    @Test
    void itsIdSurvivesACrash() {
        GroupScript.check(ALONE + """
            > a2 joins with instance i
            a2: generation 1 by range, leads a2, assigns nothing
            > the coordinator crashes
            > a heartbeats
            a: FENCED_INSTANCE_ID
            > a2 heartbeats
            a2: NONE
            > a2 starts again
            > a2 joins
            a2: generation 1 by range, leads a2, assigns nothing
            > a2 syncs
            a2: assigned 01
            """);
    }
}
