package io.headrace.log;

import io.headrace.wire.RecordBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeSet;

/**
 * Follows the transactions of a log while compaction walks through its batches: which of them are aborted, so that their
 * records go, and which markers are spent, because nothing of their transaction was met before them. Belongs to one walk.
 */
final class CleanedTransactions {

    /** An aborted transaction whose marker has not been met yet. */
    private static final class Ongoing {
        private final AbortedTransaction transaction;
        private boolean met;

        Ongoing(AbortedTransaction transaction) {
            this.transaction = transaction;
        }
    }

    private static final Comparator<AbortedTransaction> BY_BEGINNING =
            Comparator.comparingLong(AbortedTransaction::firstOffset).thenComparingLong(AbortedTransaction::producerId);

    /** Those that begin further on. */
    private final Queue<AbortedTransaction> ahead = new PriorityQueue<>(BY_BEGINNING);

    private final Map<Long, Ongoing> aborted = new HashMap<>();

    /** Producers of which a batch has been met that is not known to be aborted. */
    private final TreeSet<Long> committed = new TreeSet<>();

    private final Queue<AbortedTransaction> keptMarkers = new ArrayDeque<>(0);

    /** Those of which the segment that comes next may hold records; they may have been told before. */
    void expect(List<AbortedTransaction> transactions) {
        ahead.addAll(transactions);
    }

    /** Takes note of a batch of records; whether they were aborted. */
    boolean isAborted(RecordBatch batch) {
        beginUpTo(batch.lastOffset());
        if (!batch.isTransactional()) {
            return false;
        }
        Ongoing ongoing = aborted.get(batch.producerId());
        if (ongoing == null) {
            committed.add(batch.producerId());
            return false;
        }
        ongoing.met = true;
        return true;
    }

    /** Takes note of a control batch; whether nothing is left of what it ended. */
    boolean isSpent(RecordBatch batch) {
        beginUpTo(batch.lastOffset());
        TransactionMarker marker = TransactionMarker.in(batch);
        if (marker == null) {
            return true;
        }
        if (marker.commit()) {
            return !committed.remove(batch.producerId());
        }
        Ongoing ongoing = aborted.remove(batch.producerId());
        if (ongoing == null || !ongoing.met) {
            return true;
        }
        keptMarkers.add(ongoing.transaction);
        return false;
    }

    private void beginUpTo(long offset) {
        while (!ahead.isEmpty() && ahead.element().firstOffset() <= offset) {
            AbortedTransaction next = ahead.remove();
            aborted.putIfAbsent(next.producerId(), new Ongoing(next));
        }
    }

    /** Aborted transactions whose markers have been met and that still had records, since the last call. */
    List<AbortedTransaction> takeKept() {
        List<AbortedTransaction> kept = new ArrayList<>(keptMarkers);
        keptMarkers.clear();
        return kept;
    }
}
