package io.headrace.runtime;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Tasks from any thread for one owner, in the order of each sender. Senders push onto a stack, which the owner takes
 * whole and turns round. The top of the stack also says whether the owner sleeps or has ended, so that exactly one sender
 * has to wake it, and none does while it is awake.
 *
 * <p>It has no limit of its own, since a message that is refused would have nobody to complain to. What is in it is bounded by
 * those who send: a handful for each request in flight ({@link Limits#IN_FLIGHT_REQUESTS_PER_SHARD}), one for each disk task
 * ({@link Limits#DISK_TASKS_QUEUED}) and one for each partition that a parked fetch watches.
 */
final class Inbox {

    private static final Task PARKED = new Task(null);
    private static final Task ENDED = new Task(null);

    /** What an offer came to. */
    enum Offer {
        QUEUED,
        /** Queued, and the owner sleeps: wake it. */
        WAKE,
        /** Not queued: the owner has ended. */
        REFUSED
    }

    private final AtomicReference<Task> newest = new AtomicReference<>();

    /** Taken from the stack, oldest first; the owner's. */
    private Task oldest;

    /** Any thread. */
    Offer offer(Runnable runnable) {
        Task task = new Task(runnable);
        Task top = newest.get();
        while (top != ENDED) {
            task.next = top == PARKED ? null : top;
            Task witness = newest.compareAndExchange(top, task);
            if (witness == top) {
                return top == PARKED ? Offer.WAKE : Offer.QUEUED;
            }
            top = witness;
        }
        return Offer.REFUSED;
    }

    /** The next task, or null. The owner only, awake. */
    Runnable poll() {
        if (oldest == null) {
            oldest = reversed(newest.get() == null ? null : newest.getAndSet(null));
            if (oldest == null) {
                return null;
            }
        }
        Task task = oldest;
        oldest = task.next;
        return task.runnable;
    }

    /** Whether the owner may go to sleep: there is nothing to do, and whoever brings something will wake it. */
    boolean park() {
        return oldest == null && newest.compareAndSet(null, PARKED);
    }

    /** Whether the owner sleeps and nobody has brought anything since. Any thread. */
    boolean isParked() {
        return newest.get() == PARKED;
    }

    /** The owner is awake. */
    void unpark() {
        if (newest.get() == PARKED) {
            newest.compareAndSet(PARKED, null);
        }
    }

    /** Refuses what comes from now on, if nothing is left to do. The owner only, awake. */
    boolean end() {
        return oldest == null && newest.compareAndSet(null, ENDED);
    }

    private static Task reversed(Task top) {
        Task reversed = null;
        Task task = top;
        while (task != null) {
            Task next = task.next;
            task.next = reversed;
            reversed = task;
            task = next;
        }
        return reversed;
    }

    private static final class Task {
        final Runnable runnable;
        Task next;

        Task(Runnable runnable) {
            this.runnable = runnable;
        }
    }
}
