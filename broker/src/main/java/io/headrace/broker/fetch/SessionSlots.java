package io.headrace.broker.fetch;

import java.util.concurrent.atomic.AtomicInteger;

/** How many fetch sessions all connections together may have: {@code max.incremental.fetch.session.cache.slots}. Any thread. */
public final class SessionSlots {

    private final AtomicInteger free;

    public SessionSlots(int slots) {
        free = new AtomicInteger(slots);
    }

    boolean take() {
        int now = free.get();
        while (now > 0) {
            if (free.compareAndSet(now, now - 1)) {
                return true;
            }
            now = free.get();
        }
        return false;
    }

    void giveBack(int slots) {
        free.addAndGet(slots);
    }
}
