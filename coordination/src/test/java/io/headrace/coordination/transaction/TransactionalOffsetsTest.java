package io.headrace.coordination.transaction;

import org.junit.jupiter.api.Test;

/** Offsets that are committed with what was made of the records before them (KIP-447), as {@link TransactionScript} tells it. */
final class TransactionalOffsetsTest {

    @Test
    void offsetsCountWithTheirTransaction() {
        TransactionScript.check("""
            > c joins the group
            c: member in epoch 2
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-1
            log: x Ongoing 100/0 in t-1
            a: NONE
            > a sends t-0=5 as c
            log: x Ongoing 100/0 in __consumer_offsets-0 t-1
            a: NONE
            > the committed offset of t-0
            t-0: UNSTABLE_OFFSET_COMMIT
            > a commits
            log: x PrepareCommit 100/1 in __consumer_offsets-0 t-1
            a: NONE, is 100/1
            markers: commit 100/1 in __consumer_offsets-0 t-1
            > the committed offset of t-0
            t-0: UNSTABLE_OFFSET_COMMIT
            > the markers are written
            __consumer_offsets-0: offsets of 100 committed
            t-1: m1 committed
            log: x CompleteCommit 100/1
            > the committed offset of t-0
            t-0: 5
            > a sends t-0=6 as c
            log: x Ongoing 100/1 in __consumer_offsets-0
            a: NONE
            > a aborts
            log: x PrepareAbort 100/2 in __consumer_offsets-0
            a: NONE, is 100/2
            markers: abort 100/2 in __consumer_offsets-0
            > the markers are written
            __consumer_offsets-0: offsets of 100 aborted
            log: x CompleteAbort 100/2
            > the committed offset of t-0
            t-0: 5
            """);
    }

    @Test
    void anOldClientAddsTheOffsetsFirst() {
        TransactionScript.check("""
            > a starts as an old client
            log: x Empty 100/0
            a: is 100/0
            > a sends t-0=5 as nobody
            a: TRANSACTION_ABORTABLE
            > a adds the offsets
            log: x Ongoing 100/0 in __consumer_offsets-0
            a: NONE
            > a sends t-0=5 as nobody
            a: NONE
            > a commits
            log: x PrepareCommit 100/0 in __consumer_offsets-0
            a: NONE
            markers: commit 100/0 in __consumer_offsets-0
            > the markers are written
            __consumer_offsets-0: offsets of 100 committed
            log: x CompleteCommit 100/0
            > the committed offset of t-0
            t-0: 5
            """);
    }

    @Test
    void aMemberThatWasTakenForDeadCommitsNothing() {
        TransactionScript.check("""
            > c joins the group
            c: member in epoch 2
            > a starts
            log: x Empty 100/0
            a: is 100/0
            > a writes m1 to t-1
            log: x Ongoing 100/0 in t-1
            a: NONE
            > 50000 ms pass
            > d joins the group
            d: member in epoch 4
            > b starts with id y
            log: y Empty 101/0
            b: is 101/0
            > a sends t-0=5 as c
            log: x Ongoing 100/0 in __consumer_offsets-0 t-1
            a: UNKNOWN_MEMBER_ID
            > a aborts
            log: x PrepareAbort 100/1 in __consumer_offsets-0 t-1
            a: NONE, is 100/1
            markers: abort 100/1 in __consumer_offsets-0 t-1
            > the markers are written
            __consumer_offsets-0: offsets of 100 aborted
            t-1: m1 aborted
            log: x CompleteAbort 100/1
            > b writes m1 to t-1
            log: y Ongoing 101/0 in t-1
            b: NONE
            > b sends t-0=5 as d
            log: y Ongoing 101/0 in __consumer_offsets-0 t-1
            b: NONE
            > b commits
            log: y PrepareCommit 101/1 in __consumer_offsets-0 t-1
            b: NONE, is 101/1
            markers: commit 101/1 in __consumer_offsets-0 t-1
            > the markers are written
            __consumer_offsets-0: offsets of 101 committed
            t-1: m1 committed
            log: y CompleteCommit 101/1
            > the committed offset of t-0
            t-0: 5
            > t-1 is read
            t-1: m1 aborted, m1 committed
            """);
    }
}
