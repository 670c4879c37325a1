package io.headrace.broker.fetch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the fetch sessions of all connections together may be: so many ({@code
 * max.incremental.fetch.session.cache.slots}), of so many partitions altogether. Any thread.
 */
public final class SessionSlots {

    private final AtomicLong freeSessions;
    private final AtomicLong freePartitions;

    public SessionSlots(int sessions, long partitions) {
        freeSessions = new AtomicLong(sessions);
        freePartitions = new AtomicLong(partitions);
    }

    /** Makes room for a session of so many partitions, or says that there is none. */
    boolean take(int partitions) {
        if (!take(freeSessions, 1)) {
            return false;
        }
        if (!take(freePartitions, partitions)) {
            freeSessions.incrementAndGet();
            return false;
        }
        return true;
    }

    /** Makes room for more partitions in a session that has some; a negative number gives room back. */
    boolean grow(int partitions) {
        return take(freePartitions, partitions);
    }

    /** A session of so many partitions has ended. */
    void giveBack(int partitions) {
        freeSessions.incrementAndGet();
        freePartitions.addAndGet(partitions);
    }

    private static boolean take(AtomicLong free, int wanted) {
        long now = free.get();
        while (wanted <= now) {
            if (free.compareAndSet(now, now - wanted)) {
                return true;
            }
            now = free.get();
        }
        return false;
    }
}
