package io.headrace.log;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stretches of a log that disk threads have read through and found whole a short while ago: nobody need verify them
 * again, and they are taken to be in memory still. Belongs to the owner of the log.
 */
final class ReadThrough {

    /**
     * Whole batches in one segment, from the first of these offsets and positions up to, and without, the second.
     *
     * @param aborted all transactions that were aborted and may have records in it, in the order of their markers; null if nobody
     *     has looked for them
     */
    record Stretch(long segment, long fromOffset, long upToOffset, int from, int to, List<AbortedTransaction> aborted) {

        /** As a reader that wants to see all found it, or one for whom there is more to leave out than is worth keeping. */
        static Stretch ofAll(long segment, long fromOffset, long upToOffset, int from, int to) {
            return new Stretch(segment, fromOffset, upToOffset, from, to, null);
        }

        Stretch leavingOut(List<AbortedTransaction> found) {
            return new Stretch(
                    segment,
                    fromOffset,
                    upToOffset,
                    from,
                    to,
                    found.size() <= Limits.READ_THROUGH_ABORTED ? List.copyOf(found) : null);
        }

        boolean holds(long offset) {
            return offset >= fromOffset && offset < upToOffset;
        }

        /** Those whose records, or whose markers, a reader may meet from the offset on. */
        List<AbortedTransaction> abortedFrom(long offset) {
            return aborted.stream()
                    .filter(transaction -> transaction.overlaps(offset, upToOffset))
                    .toList();
        }

        private boolean goesOnIn(Stretch next) {
            return next.segment == segment && next.from == to && (next.aborted == null) == (aborted == null);
        }

        private Stretch and(Stretch next) {
            Stretch both = ofAll(segment, fromOffset, next.upToOffset, from, next.to);
            return aborted == null ? both : both.leavingOut(together(aborted, next.aborted));
        }

        private static List<AbortedTransaction> together(
                List<AbortedTransaction> some, List<AbortedTransaction> others) {
            return Stream.concat(some.stream(), others.stream())
                    .distinct()
                    .sorted(Comparator.comparingLong(AbortedTransaction::lastOffset))
                    .toList();
        }
    }

    private record Noted(Stretch stretch, long sinceMs) {}

    private final ArrayDeque<Noted> latest = new ArrayDeque<>(0);

    /** Takes note of what has just been read; what a reader reads on and on within a second becomes one stretch. */
    void add(Stretch stretch, long nowMs) {
        forgetOld(nowMs);
        Noted last = latest.peekLast();
        if (last != null && nowMs - last.sinceMs < Limits.READ_THROUGH_JOINED_MS && last.stretch.goesOnIn(stretch)) {
            latest.removeLast();
            latest.addLast(new Noted(last.stretch.and(stretch), last.sinceMs));
            return;
        }
        if (latest.size() == Limits.READ_THROUGH_STRETCHES) {
            latest.removeFirst();
        }
        latest.addLast(new Noted(stretch, nowMs));
    }

    /**
     * The stretch that holds the offset, null if there is none.
     *
     * @param withAborted one of which the aborted transactions are known
     */
    Stretch find(long offset, boolean withAborted, long nowMs) {
        forgetOld(nowMs);
        for (Iterator<Noted> newest = latest.descendingIterator(); newest.hasNext(); ) {
            Stretch stretch = newest.next().stretch;
            if (stretch.holds(offset) && (stretch.aborted != null || !withAborted)) {
                return stretch;
            }
        }
        return null;
    }

    /** Compaction has put other bytes in the place of some. */
    void clear() {
        latest.clear();
    }

    private void forgetOld(long nowMs) {
        while (!latest.isEmpty() && nowMs - latest.peekFirst().sinceMs >= Limits.READ_THROUGH_MS) {
            latest.removeFirst();
        }
    }
}
