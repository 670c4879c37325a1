package io.headrace.coordination.transaction;

import org.junit.jupiter.api.Test;

/** Transactions from beginning to end, as {@link TransactionScript} tells it. */
final class TransactionTest {

    @Test
    void everyTransactionHasItsEpoch() {
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
            > a writes m3 to t-1
            a: NONE
            > x is described
            x: Ongoing 100/0 in t-0 t-1
            > a commits
            log: x PrepareCommit 100/1 in t-0 t-1
            a: NONE, is 100/1
            markers: commit 100/1 in t-0 t-1
            > the markers are written
            t-0: m1 committed
            t-1: m2 committed, m3 committed
            log: x CompleteCommit 100/1
            > t-0 is read
            t-0: m1 committed
            > a writes m4 to t-0
            log: x Ongoing 100/1 in t-0
            a: NONE
            > a aborts
            log: x PrepareAbort 100/2 in t-0
            a: NONE, is 100/2
            markers: abort 100/2 in t-0
            > the markers are written
            t-0: m4 aborted
            log: x CompleteAbort 100/2
            > t-0 is read
            t-0: m1 committed, m4 aborted
            > x is described
            x: CompleteAbort 100/2
            """);
    }

    @Test
    void anOldClientAddsItsPartitionsAndKeepsItsEpoch() {
        TransactionScript.check("""
            > a starts as an old client
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            a: TRANSACTION_ABORTABLE
            > a adds t-0 t-1
            log: x Ongoing 100/0 in t-0 t-1
            a: NONE
            > a writes m1 to t-0
            a: NONE
            > a writes m2 to t-1
            a: NONE
            > a adds t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/0 in t-0 t-1
            a: NONE
            markers: commit 100/0 in t-0 t-1
            > the markers are written
            t-0: m1 committed
            t-1: m2 committed
            log: x CompleteCommit 100/0
            > a adds t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m3 to t-0
            a: NONE
            > a aborts
            log: x PrepareAbort 100/0 in t-0
            a: NONE
            markers: abort 100/0 in t-0
            > the markers are written
            t-0: m3 aborted
            log: x CompleteAbort 100/0
            > t-0 is read
            t-0: m1 committed, m3 aborted
            """);
    }

    @Test
    void anEndThatIsAskedForAgainIsAnsweredAgain() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a commits, and the answer is lost
            log: x PrepareCommit 100/1 in t-0
            markers: commit 100/1 in t-0
            > a commits
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/1
            a: NONE, is 100/1
            > a writes m2 to t-0
            log: x Ongoing 100/1 in t-0
            a: NONE
            > a commits, and the answer is lost
            log: x PrepareCommit 100/2 in t-0
            markers: commit 100/2 in t-0
            > the markers are written
            t-0: m2 committed
            log: x CompleteCommit 100/2
            > a aborts
            a: INVALID_TXN_STATE
            > a commits
            a: NONE, is 100/2
            > a commits
            a: INVALID_TXN_STATE
            > a aborts
            log: x PrepareAbort 100/3
            log: x CompleteAbort 100/3
            a: NONE, is 100/3
            > a commits
            a: INVALID_TXN_STATE
            """);
    }

    @Test
    void anOldClientAsksForTheEndAgain() {
        TransactionScript.check("""
            > a starts as an old client
            log: x Empty 100/0
            a: is 100/0
            > a commits
            a: INVALID_TXN_STATE
            > a adds t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m1 to t-0
            a: NONE
            > a commits, and the answer is lost
            log: x PrepareCommit 100/0 in t-0
            markers: commit 100/0 in t-0
            > a commits
            a: CONCURRENT_TRANSACTIONS
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/0
            > a commits
            a: NONE
            > a aborts
            a: INVALID_TXN_STATE
            """);
    }

    @Test
    void theNextTransactionWaitsAMomentForTheMarkersOfTheOneBefore() {
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
            > a writes m2 to t-1
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/1
            log: x Ongoing 100/1 in t-1
            a: NONE
            > a commits
            log: x PrepareCommit 100/2 in t-1
            a: NONE, is 100/2
            markers: commit 100/2 in t-1
            > a writes m3 to t-1
            > 999 ms pass
            > 1 ms pass
            a: CONCURRENT_TRANSACTIONS
            > b starts
            b: CONCURRENT_TRANSACTIONS
            > the markers are written
            t-1: m2 committed
            log: x CompleteCommit 100/2
            > a writes m3 to t-1
            log: x Ongoing 100/2 in t-1
            a: NONE
            > b starts
            log: x PrepareAbort 100/3 in t-1
            b: CONCURRENT_TRANSACTIONS
            markers: abort 100/3 in t-1
            """);
    }

    @Test
    void whoStartsFencesWhoWasThereBefore() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > b starts
            log: x PrepareAbort 100/1 in t-0
            b: CONCURRENT_TRANSACTIONS
            markers: abort 100/1 in t-0
            > the markers are written
            t-0: m1 aborted
            log: x CompleteAbort 100/1
            > b starts
            log: x Empty 100/2
            b: is 100/2
            > a writes m2 to t-0
            a: INVALID_PRODUCER_EPOCH
            > a writes m2 to t-1
            a: PRODUCER_FENCED
            > a commits
            a: PRODUCER_FENCED
            > b writes m3 to t-0
            log: x Ongoing 100/2 in t-0
            b: NONE
            > b commits
            log: x PrepareCommit 100/3 in t-0
            b: NONE, is 100/3
            markers: commit 100/3 in t-0
            > the markers are written
            t-0: m3 committed
            log: x CompleteCommit 100/3
            > t-0 is read
            t-0: m1 aborted, m3 committed
            """);
    }

    @Test
    void anOldClientIsFencedToo() {
        TransactionScript.check("""
            > a starts as an old client
            log: x Empty 100/0
            a: is 100/0
            > a adds t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m1 to t-0
            a: NONE
            > b starts as an old client
            log: x PrepareAbort 100/1 in t-0
            b: CONCURRENT_TRANSACTIONS
            markers: abort 100/1 in t-0
            > the markers are written
            t-0: m1 aborted
            log: x CompleteAbort 100/1
            > b starts
            log: x Empty 100/2
            b: is 100/2
            > a adds t-1
            a: PRODUCER_FENCED
            > a writes m2 to t-0
            a: INVALID_PRODUCER_EPOCH
            > a commits
            a: PRODUCER_FENCED
            """);
    }

    @Test
    void whoSaysWhoItIsIsFencedIfItHasBeenOvertaken() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a starts again
            log: x Empty 100/1
            a: is 100/1
            > b starts
            log: x Empty 100/2
            b: is 100/2
            > a starts again
            a: PRODUCER_FENCED
            > b starts again
            log: x Empty 100/3
            b: is 100/3
            """);
    }

    @Test
    void aTransactionThatLastsTooLongIsAborted() {
        TransactionScript.check("""
            > a starts with timeout 5000
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > 4999 ms pass
            > a writes m2 to t-0
            a: NONE
            > 1 ms pass
            log: x PrepareAbort 100/1 in t-0
            markers: abort 100/1 in t-0
            > a writes m3 to t-1
            a: PRODUCER_FENCED
            > the markers are written
            t-0: m1 aborted, m2 aborted
            log: x CompleteAbort 100/1
            > a writes m3 to t-0
            a: INVALID_PRODUCER_EPOCH
            > a commits
            a: INVALID_TXN_STATE
            > a starts again
            log: x Empty 100/1
            a: is 100/1
            > t-0 is read
            t-0: m1 aborted, m2 aborted
            > x is described
            x: Empty 100/1
            """);
    }

    @Test
    void anOldClientThatTakesTooLongIsFenced() {
        TransactionScript.check("""
            > a starts as an old client with timeout 5000
            log: x Empty 100/0
            a: is 100/0
            > a adds t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m1 to t-0
            a: NONE
            > 5000 ms pass
            log: x PrepareAbort 100/1 in t-0
            markers: abort 100/1 in t-0
            > the markers are written
            t-0: m1 aborted
            log: x CompleteAbort 100/1
            > a adds t-1
            a: PRODUCER_FENCED
            > a commits
            a: PRODUCER_FENCED
            > a starts
            log: x Empty 100/2
            a: is 100/2
            > t-0 is read
            t-0: m1 aborted
            """);
    }

    @Test
    void timeoutsAreWithinBounds() {
        TransactionScript.check("""
            > a starts with timeout 0
            a: INVALID_TRANSACTION_TIMEOUT
            > a starts with timeout 900001
            a: INVALID_TRANSACTION_TIMEOUT
            > a starts with timeout 900000
            log: x Empty 100/0
            a: is 100/0
            """);
    }

    @Test
    void whoLostTrackAbortsNothingToGetANewEpoch() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a commits
            a: INVALID_TXN_STATE
            > a aborts
            log: x PrepareAbort 100/1
            log: x CompleteAbort 100/1
            a: NONE, is 100/1
            > a writes m1 to t-0
            log: x Ongoing 100/1 in t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/2 in t-0
            a: NONE, is 100/2
            markers: commit 100/2 in t-0
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/2
            > a aborts
            log: x PrepareAbort 100/3
            log: x CompleteAbort 100/3
            a: NONE, is 100/3
            """);
    }

    @Test
    void aProducerWhoseEpochsAreUsedUpGetsANewId() {
        TransactionScript.check("""
            > a has used its epochs up to 32765
            log: x Empty 100/32765
            > a writes m1 to t-0
            log: x Ongoing 100/32765 in t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/32766 in t-0
            a: NONE, is 100/32766
            markers: commit 100/32766 in t-0
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/32766
            > a writes m2 to t-0
            log: x Ongoing 100/32766 in t-0
            a: NONE
            > a commits, and the answer is lost
            log: x PrepareCommit 100/32767 in t-0, then 101
            markers: commit 100/32767 in t-0
            > the markers are written
            t-0: m2 committed
            log: x CompleteCommit 101/0
            > a commits
            a: NONE, is 101/0
            > a writes m3 to t-0
            log: x Ongoing 101/0 in t-0
            a: NONE
            > b has used its epochs up to 32766
            log: x Empty 102/32766
            > b starts
            log: x Empty 103/0
            b: is 103/0
            """);
    }
}
