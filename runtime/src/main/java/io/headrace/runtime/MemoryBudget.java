package io.headrace.runtime;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the requests of all connections together may hold. Bytes that have been read must lie somewhere, so a
 * reservation never fails; instead, nobody may read while the budget is used up. Those who want to then queue, and read
 * one at a time in the order of the queue once there is something again. If nothing is given back because all of it is
 * held by frames that are still incomplete, the first of these may go on alone until it is complete. So what is held at
 * most is the budget, what one read per shard adds to it, and one frame. Any thread.
 */
public final class MemoryBudget {

    private final long bytes;
    private final AtomicLong used = new AtomicLong();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    /** Whose turn it is to read while others wait, or null. */
    private Waiting turn;

    /** Whether the turn was given although there was no memory. */
    private boolean overdrawn;

    /** Whether there is a queue or a turn: written within the lock, read outside it. */
    private volatile boolean contended;

    public MemoryBudget(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a memory budget of " + bytes + " bytes");
        }
        this.bytes = bytes;
    }

    /** Bytes. */
    public long size() {
        return bytes;
    }

    /** Bytes in use; may exceed the size a little. */
    public long used() {
        return used.get();
    }

    /** Who reads when there is memory. */
    interface Reader {
        /** It is this reader's turn: it shall read once and say {@link #hasRead}. Any thread; returns at once. */
        void mayReadNow();
    }

    /**
     * Whether to read now. If not, the reader will be told; until then it does not ask again.
     *
     * @param incompleteFrame whether the reader holds memory that nothing but reading on can free
     */
    boolean mayRead(Reader reader, boolean incompleteFrame) {
        return (!contended && used.get() < bytes) || enqueue(reader, incompleteFrame);
    }

    /** Ends the reader's turn, if it has it; one that was let through to complete its frame keeps it until it has. */
    void hasRead(Reader reader, boolean incompleteFrame) {
        if (contended) {
            endTurn(reader, incompleteFrame);
        }
    }

    /** The reader is gone. */
    void leave(Reader reader) {
        if (contended) {
            remove(reader);
        }
    }

    void reserve(int count) {
        used.addAndGet(count);
    }

    void release(int count) {
        used.addAndGet(-count);
        if (contended) {
            nextTurn();
        }
    }

    private synchronized boolean enqueue(Reader reader, boolean incompleteFrame) {
        if (isTurnOf(reader)) {
            return true;
        }
        queue.add(new Waiting(reader, incompleteFrame));
        nextTurn();
        return false;
    }

    private synchronized void endTurn(Reader reader, boolean incompleteFrame) {
        if (isTurnOf(reader) && !(overdrawn && incompleteFrame)) {
            turn = null;
        }
        nextTurn();
    }

    private synchronized void remove(Reader reader) {
        queue.removeIf(waiting -> waiting.reader.equals(reader));
        if (isTurnOf(reader)) {
            turn = null;
        }
        nextTurn();
    }

    private boolean isTurnOf(Reader reader) {
        return turn != null && turn.reader.equals(reader);
    }

    private synchronized void nextTurn() {
        boolean available = used.get() < bytes;
        if (overdrawn && available) {
            turn = null;
        }
        if (turn == null) {
            turn = available ? queue.poll() : firstWithIncompleteFrame();
            overdrawn = turn != null && !available;
            if (turn != null) {
                turn.reader.mayReadNow();
            }
        }
        contended = turn != null || !queue.isEmpty();
    }

    private Waiting firstWithIncompleteFrame() {
        Iterator<Waiting> all = queue.iterator();
        while (all.hasNext()) {
            Waiting waiting = all.next();
            if (waiting.incompleteFrame) {
                all.remove();
                return waiting;
            }
        }
        return null;
    }

    private record Waiting(Reader reader, boolean incompleteFrame) {}
}
