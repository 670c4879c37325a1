package io.headrace.coordination.transaction;

import org.junit.jupiter.api.Test;

/** What a coordinator does after a crash between any two writes of a transaction, as {@link TransactionScript} tells it. */
final class TransactionCrashTest {

    @Test
    void beforeTheOutcomeIsDurableNobodyHasHeardOfIt() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > the disk stops
            > a commits
            log: x PrepareCommit 100/1 in t-0 (not durable)
            > the coordinator crashes
            > x is described
            x: Ongoing 100/0 in t-0
            > a commits
            log: x PrepareCommit 100/1 in t-0
            a: NONE, is 100/1
            markers: commit 100/1 in t-0
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/1
            """);
    }

    @Test
    void fromTheOutcomeOnItStands() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m2 to t-1
            log: x Ongoing 100/0 in t-0 t-1
            a: NONE
            > a commits
            log: x PrepareCommit 100/1 in t-0 t-1
            a: NONE, is 100/1
            markers: commit 100/1 in t-0 t-1
            > the coordinator crashes
            markers: commit 100/1 in t-0 t-1
            > the markers are written
            t-0: m1 committed
            t-1: m2 committed
            log: x CompleteCommit 100/1
            > a writes m3 to t-0
            log: x Ongoing 100/1 in t-0
            a: NONE
            """);
    }

    @Test
    void markersThatWereWrittenAreWrittenAgain() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m2 to t-1
            log: x Ongoing 100/0 in t-0 t-1
            a: NONE
            > a aborts
            log: x PrepareAbort 100/1 in t-0 t-1
            a: NONE, is 100/1
            markers: abort 100/1 in t-0 t-1
            > the marker of t-1 is written
            t-1: m2 aborted
            > the coordinator crashes
            markers: abort 100/1 in t-0 t-1
            > a writes m3 to t-1
            > the markers are written
            t-0: m1 aborted
            log: x CompleteAbort 100/1
            log: x Ongoing 100/1 in t-1
            a: NONE
            > t-1 is read
            t-1: m2 aborted, m3 open
            > a commits
            log: x PrepareCommit 100/2 in t-1
            a: NONE, is 100/2
            markers: commit 100/2 in t-1
            > the markers are written
            t-1: m3 committed
            log: x CompleteCommit 100/2
            > t-1 is read
            t-1: m2 aborted, m3 committed
            """);
    }

    @Test
    void beforeTheCompletionIsDurableTheMarkersAreWrittenAgain() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/1 in t-0
            a: NONE, is 100/1
            markers: commit 100/1 in t-0
            > the disk stops
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/1 (not durable)
            > the coordinator crashes
            markers: commit 100/1 in t-0
            > the markers are written
            log: x CompleteCommit 100/1
            > t-0 is read
            t-0: m1 committed
            """);
    }

    @Test
    void whatWasNotDecidedGoesOnUntilItsTimeIsUp() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > 30000 ms pass
            > the coordinator crashes
            > 29999 ms pass
            > a writes m2 to t-1
            log: x Ongoing 100/0 in t-0 t-1
            a: NONE
            > 1 ms pass
            log: x PrepareAbort 100/1 in t-0 t-1
            markers: abort 100/1 in t-0 t-1
            > the markers are written
            t-0: m1 aborted
            t-1: m2 aborted
            log: x CompleteAbort 100/1
            """);
    }

    @Test
    void whoWaitedAsksAgain() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/1 in t-0
            a: NONE, is 100/1
            markers: commit 100/1 in t-0
            > a writes m2 to t-0
            > the coordinator crashes
            markers: commit 100/1 in t-0
            > a writes m2 to t-0
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/1
            log: x Ongoing 100/1 in t-0
            a: NONE
            """);
    }
}
