package io.headrace.coordination.group;

import org.junit.jupiter.api.Test;

/** The classic protocol, as {@link GroupScript} tells it. */
final class ClassicGroupTest {

    /** One member, with all of the assignment. */
    private static final String ALONE = """
            > a joins
            a: MEMBER_ID_REQUIRED
            > a joins
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            """;

    @Test
    void membersComeAndGo() {
        GroupScript.check(ALONE + """
            > b joins
            b: MEMBER_ID_REQUIRED
            > b joins
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > a joins
            a: generation 2 by range, leads a b
            b: generation 2 by range
            > b syncs
            > a syncs a=0 b=1
            a: assigned 0
            b: assigned 1
            > b heartbeats
            b: NONE
            > the group is described
            group: Stable by range a=0 b=1
            > a leaves
            a: NONE
            > b heartbeats
            b: REBALANCE_IN_PROGRESS
            > b joins
            b: generation 3 by range, leads b
            > b syncs b=01
            b: assigned 01
            > b leaves
            b: NONE
            > groups are listed
            groups: g Empty classic consumer
            > the group is deleted
            deleted: NONE
            > groups are listed
            groups: none
            """);
    }

    @Test
    void aMemberThatFallsSilentIsOut() {
        GroupScript.check(ALONE + """
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
            > 6000 ms pass
            > a heartbeats
            a: NONE
            > 6000 ms pass
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > b heartbeats
            b: UNKNOWN_MEMBER_ID
            > a joins
            a: generation 3 by range, leads a
            > a syncs a=01
            a: assigned 01
            """);
    }

    @Test
    void whoDoesNotJoinInTimeIsNotWaitedFor() {
        GroupScript.check("""
            > a joins with rebalance 20000
            a: MEMBER_ID_REQUIRED
            > a joins
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > b joins with rebalance 20000
            b: MEMBER_ID_REQUIRED
            > b joins
            > 9000 ms pass
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > 9000 ms pass
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > 2000 ms pass
            b: generation 2 by range, leads b
            > a heartbeats
            a: UNKNOWN_MEMBER_ID
            > b syncs b=01
            b: assigned 01
            > a joins
            a: UNKNOWN_MEMBER_ID
            """);
    }

    @Test
    void whoNeverAsksForItsAssignmentIsOut() {
        GroupScript.check("""
            > a joins with rebalance 15000
            a: MEMBER_ID_REQUIRED
            > a joins
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > b joins with session 30000, rebalance 15000
            b: MEMBER_ID_REQUIRED
            > b joins
            > a joins
            a: generation 2 by range, leads a b
            b: generation 2 by range
            > a syncs a=0 b=1
            a: assigned 0
            > 9000 ms pass
            > a heartbeats
            a: NONE
            > 6000 ms pass
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > b heartbeats
            b: UNKNOWN_MEMBER_ID
            """);
    }

    @Test
    void aFirstMemberThatTakesItsIdAndIsNotSeenAgainIsForgotten() {
        GroupScript.check(ALONE + """
            > b joins
            b: MEMBER_ID_REQUIRED
            > c joins
            c: MEMBER_ID_REQUIRED
            > c joins
            > a joins
            > 9000 ms pass
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > 1000 ms pass
            a: generation 2 by range, leads a c
            c: generation 2 by range
            """);
    }

    @Test
    void olderClientsAreTakenInAtOnce() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > a leaves with version 2
            a: NONE
            > a leaves with version 2
            a: UNKNOWN_MEMBER_ID
            """);
    }

    @Test
    void theProtocolThatMostLikeBestIsTaken() {
        GroupScript.check("""
            > a joins with version 3, protocols range sticky
            a: generation 1 by range, leads a
            > b joins with version 3, protocols sticky range
            > c joins with version 3, protocols sticky range
            > a joins with version 3
            a: generation 2 by sticky, leads a b c
            b: generation 2 by sticky
            c: generation 2 by sticky
            > d joins with version 3, protocols other
            d: INCONSISTENT_GROUP_PROTOCOL
            > e joins with version 3, type connect
            e: INCONSISTENT_GROUP_PROTOCOL
            > b joins with version 3, protocols range
            """);
    }

    @Test
    void onlyAnAnswerThatWasLostIsRepeated() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > b joins with version 3
            > a joins with version 3
            a: generation 2 by range, leads a b
            b: generation 2 by range
            > b joins with version 3
            b: generation 2 by range
            > a syncs a=0 b=1
            a: assigned 0
            > b syncs
            b: assigned 1
            > b joins with version 3
            b: generation 2 by range
            > b syncs
            b: assigned 1
            > b joins with version 3, topics t u
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > a joins with version 3
            a: generation 3 by range, leads a b
            b: generation 3 by range
            """);
    }

    @Test
    void aLeaderThatJoinsAgainWantsToAssignAnew() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > a joins with version 3
            a: generation 2 by range, leads a
            """);
    }

    @Test
    void anotherTryTakesThePlaceOfTheOneThatWaits() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > b joins with version 3
            > b thinks it is in generation 1
            > b heartbeats
            b: UNKNOWN_MEMBER_ID
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            > a joins with version 3
            a: generation 2 by range, leads a b
            b: generation 2 by range
            > b syncs
            > b syncs
            b: REBALANCE_IN_PROGRESS
            > a syncs a=0 b=1
            a: assigned 0
            b: assigned 1
            """);
    }

    @Test
    void strangersAreTurnedAway() {
        GroupScript.check("""
            > a heartbeats
            a: UNKNOWN_MEMBER_ID
            > a syncs
            a: UNKNOWN_MEMBER_ID
            > a leaves
            a: UNKNOWN_MEMBER_ID
            > nobody commits t-0=1
            nobody: NONE
            > a joins
            a: MEMBER_ID_REQUIRED
            > a heartbeats
            a: UNKNOWN_MEMBER_ID
            > a joins
            a: generation 1 by range, leads a
            > a thinks it is in generation 7
            > a heartbeats
            a: ILLEGAL_GENERATION
            > a syncs a=0
            a: ILLEGAL_GENERATION
            > a commits t-0=5
            a: ILLEGAL_GENERATION
            """);
    }

    @Test
    void afterACrashTheLastAssignmentStands() {
        GroupScript.check(ALONE + """
            > b joins
            b: MEMBER_ID_REQUIRED
            > b joins
            > a joins
            a: generation 2 by range, leads a b
            b: generation 2 by range
            > the coordinator crashes
            > the group is described
            group: Stable by range a=01
            > b syncs
            b: UNKNOWN_MEMBER_ID
            > a syncs a=0 b=1
            a: ILLEGAL_GENERATION
            > a heartbeats
            a: ILLEGAL_GENERATION
            > a thinks it is in generation 1
            > a heartbeats
            a: NONE
            > b starts again
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
            > the coordinator crashes
            > a heartbeats
            a: NONE
            > b heartbeats
            b: NONE
            > 9000 ms pass
            > a heartbeats
            a: NONE
            > 2000 ms pass
            > a heartbeats
            a: REBALANCE_IN_PROGRESS
            """);
    }

    @Test
    void theFirstMembersMayWaitForMore() {
        GroupScript.check(Settings.initialRebalanceDelayMs(3_000), """
            > a joins
            a: MEMBER_ID_REQUIRED
            > a joins
            > 2000 ms pass
            > b joins
            b: MEMBER_ID_REQUIRED
            > b joins
            > 1000 ms pass
            > 2999 ms pass
            > 1 ms pass
            a: generation 1 by range, leads a b
            b: generation 1 by range
            """);
    }

    @Test
    void aGroupHasRoomForSoMany() {
        GroupScript.check(Settings.maxSize(2), """
            > a joins with version 3
            a: generation 1 by range, leads a
            > b joins with version 3
            > c joins with version 3
            > a joins with version 3
            a: GROUP_MAX_SIZE_REACHED
            > c joins with version 3
            c: GROUP_MAX_SIZE_REACHED
            > a syncs
            a: UNKNOWN_MEMBER_ID
            > c joins with version 3
            c: GROUP_MAX_SIZE_REACHED
            """);
    }

    @Test
    void sessionsAreAsLongAsTheBrokerAllows() {
        GroupScript.check("""
            > a joins with session 5999
            a: INVALID_SESSION_TIMEOUT
            > a joins with session 1800001
            a: INVALID_SESSION_TIMEOUT
            > a joins with session 1800000
            a: MEMBER_ID_REQUIRED
            """);
    }
}
