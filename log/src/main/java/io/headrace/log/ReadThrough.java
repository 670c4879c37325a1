package io.headrace.log;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The stretches of a log that disk threads have read through and found whole a short while ago: nobody need verify them
 * again, and they are taken to be in memory still. Belongs to the owner of the log.
 */
final class ReadThrough {

    /** Whole batches in one segment, from the first of these offsets and positions up to, and without, the second. */
    record Stretch(long segment, long fromOffset, long upToOffset, int from, int to) {

        boolean holds(long offset) {
            return offset >= fromOffset && offset < upToOffset;
        }

        private boolean goesOnIn(Stretch next) {
            return next.segment == segment && next.from == to;
        }

        private Stretch and(Stretch next) {
            return new Stretch(segment, fromOffset, next.upToOffset, from, next.to);
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

    /** The stretch that holds the offset, null if there is none. */
    Stretch find(long offset, long nowMs) {
        forgetOld(nowMs);
        for (Iterator<Noted> newest = latest.descendingIterator(); newest.hasNext(); ) {
            Stretch stretch = newest.next().stretch;
            if (stretch.holds(offset)) {
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
