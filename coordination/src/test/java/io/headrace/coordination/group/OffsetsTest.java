package io.headrace.coordination.group;

import org.junit.jupiter.api.Test;

/** Committing, fetching, deleting, expiring, as {@link GroupScript} tells it. */
final class OffsetsTest {

    @Test
    void aGroupThatNobodyJoinedHasOffsets() {
        GroupScript.check("""
            > the offsets of t-0
            offsets: t-0=-1
            > nobody commits t-0=5@2 t-1=7
            nobody: NONE
            > the offsets of t-0 t-1 u-0
            offsets: t-0=5@2 t-1=7 u-0=-1
            > the offsets of all
            offsets: t-0=5@2 t-1=7
            > groups are listed
            groups: g Empty classic
            > the coordinator crashes
            > the offsets of all
            offsets: t-0=5@2 t-1=7
            > a joins with version 3
            a: generation 1 by range, leads a
            > nobody commits t-0=6
            nobody: UNKNOWN_MEMBER_ID
            > the offsets of t-0
            offsets: t-0=5@2
            """);
    }

    @Test
    void membersCommitInTheirGeneration() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > a commits t-0=1
            a: REBALANCE_IN_PROGRESS
            > a syncs a=01
            a: assigned 01
            > a commits t-0=2
            a: NONE
            > b joins with version 3
            > a commits t-0=3
            a: NONE
            > a joins with version 3
            a: generation 2 by range, leads a b
            b: generation 2 by range
            > a commits t-0=4
            a: REBALANCE_IN_PROGRESS
            > a syncs a=0 b=1
            a: assigned 0
            > a commits t-0=5
            a: NONE
            > a thinks it is in generation 1
            > a commits t-0=1
            a: ILLEGAL_GENERATION
            > the offsets of t-0
            offsets: t-0=5
            """);
    }

    @Test
    void commitsOfAGroupThatIsGoneAreRefused() {
        GroupScript.check("""
            > a thinks it is in generation 3
            > a commits t-0=1
            a: GROUP_ID_NOT_FOUND
            > a commits t-0=1 with version 8
            a: ILLEGAL_GENERATION
            """);
    }

    @Test
    void whatIsNotThereCannotBeCommitted() {
        GroupScript.check("""
            > nobody commits x-0=1
            nobody: UNKNOWN_TOPIC_OR_PARTITION
            > nobody commits t-2=1
            nobody: UNKNOWN_TOPIC_OR_PARTITION
            > nobody commits x-0=1 t-0=1
            nobody: UNKNOWN_TOPIC_OR_PARTITION NONE
            > nobody commits x-0=1 with version 10
            nobody: UNKNOWN_TOPIC_ID
            > nobody commits t-0=2 with version 10
            nobody: NONE
            > the offsets of t-0 with version 10
            offsets: t-0=2
            > the offsets of x-0 with version 10
            offsets: -0=UNKNOWN_TOPIC_ID
            > the offsets of all with version 10
            offsets: t-0=2
            """);
    }

    @Test
    void metadataHasALimit() {
        GroupScript.check("""
            > nobody commits t-0=1#4096
            nobody: NONE
            > nobody commits t-1=1#4097
            nobody: OFFSET_METADATA_TOO_LARGE
            > nobody commits t-0=2#4097 t-1=2
            nobody: OFFSET_METADATA_TOO_LARGE NONE
            > the offsets of all
            offsets: t-0=1 t-1=2
            """);
    }

    @Test
    void aTopicOfTheSameNameBeginsAnew() {
        GroupScript.check("""
            > nobody commits t-0=5 u-0=3 with version 10
            nobody: NONE
            > topic t is deleted
            > topic t is created
            > the offsets of all
            offsets: u-0=3
            > nobody commits t-0=1 with version 10
            nobody: NONE
            > the coordinator crashes
            > the offsets of all
            offsets: u-0=3 t-0=1
            """);
    }

    @Test
    void offsetsOfSubscribedTopicsAreNotDeleted() {
        GroupScript.check("""
            > the offsets of t-0 are deleted
            deleted: GROUP_ID_NOT_FOUND
            > nobody commits t-0=5 u-0=3
            nobody: NONE
            > a joins with version 3
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > the offsets of t-0 are deleted
            deleted: GROUP_SUBSCRIBED_TO_TOPIC
            > the offsets of u-0 are deleted
            deleted: NONE
            > the offsets of x-0 are deleted
            deleted: UNKNOWN_TOPIC_OR_PARTITION
            > the offsets of all
            offsets: t-0=5
            > a leaves
            a: NONE
            > the offsets of t-0 are deleted
            deleted: NONE
            > the offsets of all
            offsets: none
            """);
    }

    @Test
    void onlyConsumersTellWhatTheyAreSubscribedTo() {
        GroupScript.check("""
            > a joins with version 3, type connect
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > the offsets of t-0 are deleted
            deleted: NON_EMPTY_GROUP
            """);
    }

    @Test
    void offsetsOfATransactionCountFromItsEnd() {
        GroupScript.check("""
            > nobody commits t-0=1
            nobody: NONE
            > producer 7 for nobody sends t-0=5 t-1=6
            producer 7: NONE
            > the offsets of t-0 t-1
            offsets: t-0=1 t-1=-1
            > the stable offsets of t-0 t-1 u-0
            offsets: t-0=UNSTABLE_OFFSET_COMMIT t-1=UNSTABLE_OFFSET_COMMIT u-0=-1
            > the coordinator crashes
            > the stable offsets of t-0
            offsets: t-0=UNSTABLE_OFFSET_COMMIT
            > producer 7 commits
            > the stable offsets of t-0 t-1
            offsets: t-0=5 t-1=6
            > producer 7 for nobody sends t-0=9
            producer 7: NONE
            > producer 7 aborts
            > the stable offsets of t-0 t-1
            offsets: t-0=5 t-1=6
            """);
    }

    @Test
    void aLaterCommitStandsAgainstATransactionThatEndsAfterIt() {
        GroupScript.check("""
            > producer 7 for nobody sends t-0=5
            producer 7: NONE
            > nobody commits t-0=6
            nobody: NONE
            > producer 7 commits
            > the offsets of t-0
            offsets: t-0=6
            > the coordinator crashes
            > the offsets of t-0
            offsets: t-0=6
            """);
    }

    @Test
    void transactionsAreFencedByTheGroupToo() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > producer 7 for a sends t-0=5
            producer 7: NONE
            > producer 7 commits
            > producer 8 for nobody sends t-0=6
            producer 8: NONE
            > a thinks it is in generation 0
            > producer 7 for a sends t-0=7
            producer 7: ILLEGAL_GENERATION
            > b thinks it is in generation 1
            > producer 9 for b sends t-0=8
            producer 9: UNKNOWN_MEMBER_ID
            > the offsets of t-0
            offsets: t-0=5
            """);
    }

    @Test
    void aGroupIsDeletedWithItsOffsets() {
        GroupScript.check("""
            > the group is deleted
            deleted: GROUP_ID_NOT_FOUND
            > nobody commits t-0=1
            nobody: NONE
            > producer 7 for nobody sends t-1=5
            producer 7: NONE
            > the group is deleted
            deleted: NONE
            > producer 7 commits
            > the offsets of all
            offsets: none
            > groups are listed
            groups: none
            > the group is described
            group: Dead GROUP_ID_NOT_FOUND
            > the group is described with version 5
            group: Dead
            > the coordinator crashes
            > groups are listed
            groups: none
            > a joins with version 3
            a: generation 1 by range, leads a
            > the group is deleted
            deleted: NON_EMPTY_GROUP
            """);
    }

    @Test
    void offsetsExpireAWeekAfterTheLastMember() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > a syncs a=01
            a: assigned 01
            > a commits t-0=5
            a: NONE
            > a leaves
            a: NONE
            > 604200000 ms pass
            > the offsets of t-0
            offsets: t-0=5
            > 600000 ms pass
            > the offsets of t-0
            offsets: t-0=-1
            > groups are listed
            groups: none
            """);
    }

    @Test
    void offsetsOfASimpleGroupExpireAWeekAfterTheCommit() {
        GroupScript.check("""
            > nobody commits t-0=5
            nobody: NONE
            > 300000000 ms pass
            > nobody commits t-1=6
            nobody: NONE
            > 304800000 ms pass
            > the offsets of all
            offsets: t-1=6
            > 300000000 ms pass
            > groups are listed
            groups: none
            """);
    }

    @Test
    void whatAGroupIsSubscribedToDoesNotExpire() {
        GroupScript.check(Settings.offsetsRetentionMs(3_000, 1_000), """
            > nobody commits t-0=5 u-0=3
            nobody: NONE
            > a joins with version 3
            a: generation 1 by range, leads a
            > 4000 ms pass
            > the offsets of all
            offsets: t-0=5 u-0=3
            > a syncs a=01
            a: assigned 01
            > 1000 ms pass
            > the offsets of all
            offsets: t-0=5
            > a leaves
            a: NONE
            > 2000 ms pass
            > the offsets of all
            offsets: t-0=5
            > 1000 ms pass
            > groups are listed
            groups: none
            """);
    }

    @Test
    void anOffsetThatIsPartOfATransactionDoesNotExpire() {
        GroupScript.check(Settings.offsetsRetentionMs(3_000, 1_000), """
            > nobody commits t-0=5
            nobody: NONE
            > producer 7 for nobody sends t-0=6
            producer 7: NONE
            > 4000 ms pass
            > the offsets of all
            offsets: t-0=5
            > producer 7 aborts
            > 1000 ms pass
            > groups are listed
            groups: none
            """);
    }

    @Test
    void groupsAreListedByStateAndType() {
        GroupScript.check("""
            > a joins with version 3
            a: generation 1 by range, leads a
            > groups are listed in states completingrebalance
            groups: g CompletingRebalance classic consumer
            > groups are listed in states Empty Stable
            groups: none
            > groups are listed of types Classic
            groups: g CompletingRebalance classic consumer
            > groups are listed of types consumer
            groups: none
            > groups are listed in states stable of types classic
            groups: none
            """);
    }
}
