package io.headrace.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What happened, in order: a hash over all of it, by which two runs are compared, and the last events, by which a failed
 * one is understood.
 */
public final class Trace {

    private record Event(long number, String what, String subject, long first, long second) {
        @Override
        public String toString() {
            return number + " " + what + " " + subject + " " + first + " " + second;
        }
    }

    private final Deque<Event> last = new ArrayDeque<>(Limits.EVENTS_KEPT);
    private final boolean printed;
    private long hash;
    private long events;

    public Trace() {
        this(false);
    }

    /** A printed trace goes to standard output as it grows. */
    public Trace(boolean printed) {
        this.printed = printed;
    }

    public void event(String what, String subject, long first, long second) {
        events++;
        hash = SeededRandomness.mix(hash ^ (hash(what) * 31 + hash(subject)));
        hash = SeededRandomness.mix(hash ^ first);
        hash = SeededRandomness.mix(hash ^ second);
        Event event = new Event(events, what, subject, first, second);
        if (last.size() == Limits.EVENTS_KEPT) {
            last.removeFirst();
        }
        last.addLast(event);
        if (printed) {
            System.out.println(event);
        }
    }

    private static long hash(String text) {
        return text.hashCode();
    }

    public long hash() {
        return hash;
    }

    public long events() {
        return events;
    }

    public List<String> last(int count) {
        List<String> lines = new ArrayList<>(count);
        int skipped = Math.max(0, last.size() - count);
        for (Event event : last) {
            if (skipped-- <= 0) {
                lines.add(event.toString());
            }
        }
        return lines;
    }
}
