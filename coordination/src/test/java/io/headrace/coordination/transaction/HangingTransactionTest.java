package io.headrace.coordination.transaction;

import org.junit.jupiter.api.Test;

/** Messages that come after the end of their transaction (KIP-664, KIP-890), as {@link TransactionScript} tells it. */
final class HangingTransactionTest {

    @Test
    void aLateMessageIsOfAnEpochThatIsOver() {
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
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/1
            > m2 of a in epoch 0 comes late to t-0
            t-0: INVALID_PRODUCER_EPOCH
            > m3 of a in epoch 0 comes late to t-1
            t-1: PRODUCER_FENCED
            > t-0 is read
            t-0: m1 committed
            """);
    }

    @Test
    void aLateMessageOfAnOldClientIsInNoTransaction() {
        TransactionScript.check("""
            > a starts as an old client
            log: x Empty 100/0
            a: is 100/0
            > a adds t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m1 to t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/0 in t-0
            a: NONE
            markers: commit 100/0 in t-0
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/0
            > m2 of a in epoch 0 comes late to t-0
            t-0: TRANSACTION_ABORTABLE
            > a adds t-1
            log: x Ongoing 100/0 in t-1
            a: NONE
            > m2 of a in epoch 0 comes late to t-0
            t-0: TRANSACTION_ABORTABLE
            > t-0 is read
            t-0: m1 committed
            """);
    }

    @Test
    void whatHangsIsFoundAndAborted() {
        TransactionScript.check("""
            > a starts as an old client
            log: x Empty 100/0
            a: is 100/0
            > a adds t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m1 to t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/0 in t-0
            a: NONE
            markers: commit 100/0 in t-0
            > the markers are written
            t-0: m1 committed
            log: x CompleteCommit 100/0
            > m2 of a comes late to t-0, which does not ask
            t-0: NONE
            > t-0 is read
            t-0: m1 committed, m2 open
            > 60000 ms pass
            > t-0 is read
            t-0: m1 committed, m2 open
            > transactions are listed of producer 100
            transactions: x CompleteCommit
            > x is described
            x: CompleteCommit 100/0
            > a tool aborts 100/0 in t-0
            t-0: m2 aborted
            > t-0 is read
            t-0: m1 committed, m2 aborted
            > a adds t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > a writes m3 to t-0
            a: NONE
            > a commits
            log: x PrepareCommit 100/0 in t-0
            a: NONE
            markers: commit 100/0 in t-0
            > the markers are written
            t-0: m3 committed
            log: x CompleteCommit 100/0
            > t-0 is read
            t-0: m1 committed, m2 aborted, m3 committed
            """);
    }

    @Test
    void aTransactionThatIsUnderWayDoesNotHang() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-0
            log: x Ongoing 100/0 in t-0
            a: NONE
            > b starts with id y
            log: y Empty 101/0
            b: is 101/0
            > 2000 ms pass
            > transactions are listed
            transactions: x Ongoing, y Empty
            > transactions are listed that are Ongoing
            transactions: x Ongoing
            > transactions are listed for over 1999 ms
            transactions: x Ongoing, y Empty
            > transactions are listed for over 2000 ms
            transactions: y Empty
            > x is described
            x: Ongoing 100/0 in t-0
            > y is described
            y: Empty 101/0
            > z is described
            z: TRANSACTIONAL_ID_NOT_FOUND
            """);
    }

    @Test
    void whoIsNotSeenForLongIsForgotten() {
        TransactionScript.check("""
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > 604800000 ms pass
            log: x is forgotten
            > x is described
            x: TRANSACTIONAL_ID_NOT_FOUND
            > a writes m1 to t-0
            a: INVALID_PRODUCER_ID_MAPPING
            > a starts again
            log: x Empty 101/0
            a: is 101/0
            """);
    }
}
