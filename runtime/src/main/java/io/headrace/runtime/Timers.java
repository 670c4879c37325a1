package io.headrace.runtime;

import java.util.Arrays;

/**
 * The timers of a shard, in a binary heap by deadline; those of one deadline come in the order in which they were added.
 * Each timer knows its place, so that a cancelled one leaves at once. Deadlines are those of {@link System#nanoTime()}.
 */
final class Timers {

    private static final int INITIAL_CAPACITY = 16;

    private Timer[] heap = new Timer[INITIAL_CAPACITY];
    private int size;
    private long added;

    Timer add(long deadlineNanos, Runnable task) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        Timer timer = new Timer(this, task, deadlineNanos, added++);
        siftUp(size++, timer);
        return timer;
    }

    /** Takes out the next timer that is due, or null. */
    Timer pollDue(long nowNanos) {
        if (size == 0 || heap[0].deadlineNanos - nowNanos > 0) {
            return null;
        }
        Timer due = heap[0];
        remove(due);
        return due;
    }

    /** Nanoseconds, 0 or less if one is due, {@link Long#MAX_VALUE} if there is none. */
    long untilNext(long nowNanos) {
        return size == 0 ? Long.MAX_VALUE : heap[0].deadlineNanos - nowNanos;
    }

    int size() {
        return size;
    }

    void remove(Timer timer) {
        int index = timer.index;
        timer.index = Timer.NOT_IN_HEAP;
        Timer last = heap[--size];
        heap[size] = null;
        if (last != timer) {
            siftDown(index, last);
            if (heap[index] == last) {
                siftUp(index, last);
            }
        }
    }

    private void siftUp(int from, Timer timer) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (before(heap[parent], timer)) {
                break;
            }
            put(index, heap[parent]);
            index = parent;
        }
        put(index, timer);
    }

    private void siftDown(int from, Timer timer) {
        int index = from;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (before(timer, heap[child])) {
                break;
            }
            put(index, heap[child]);
            index = child;
        }
        put(index, timer);
    }

    private void put(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    private static boolean before(Timer left, Timer right) {
        long difference = left.deadlineNanos - right.deadlineNanos;
        return difference < 0 || (difference == 0 && left.sequence < right.sequence);
    }
}
