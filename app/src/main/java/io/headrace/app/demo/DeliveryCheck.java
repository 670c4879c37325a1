package io.headrace.app.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges what one reader gets: for each key every number from 0 on, once, in order, in one partition, with the value
 * that belongs to it. One thread.
 */
final class DeliveryCheck {

    private final Flights flights;
    private final Map<String, KeyState> keys = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long records;
    private long faultCount;

    private static final class KeyState {
        private final int partition;
        private long next;

        KeyState(int partition) {
            this.partition = partition;
        }
    }

    DeliveryCheck(Flights flights) {
        this.flights = flights;
    }

    void read(String key, long number, int partition, String value) {
        records++;
        KeyState state = keys.computeIfAbsent(key, _ -> new KeyState(partition));
        if (state.partition != partition) {
            fault(key + " stands in partition " + partition + " and in " + state.partition);
        }
        if (number < state.next) {
            fault(key + " number " + number + " came twice or late: " + state.next + " was due");
            return;
        }
        if (number > state.next) {
            fault(key + " number " + state.next + " was due, and " + number + " came");
        }
        state.next = number + 1;
        if (!value.equals(flights.line(key, number))) {
            fault(key + " number " + number + " has another value: " + value);
        }
    }

    /** Everything that was sent must have come by now. */
    void end(Map<String, Long> sent) {
        sent.forEach((key, count) -> {
            long read = keys.containsKey(key) ? keys.get(key).next : 0;
            if (read != count) {
                fault(key + " was sent " + count + " times, and the last number read is " + (read - 1));
            }
        });
        for (String key : keys.keySet()) {
            if (!sent.containsKey(key)) {
                fault(key + " was never sent");
            }
        }
    }

    /** Something that must not be has been seen. */
    void fault(String what) {
        faultCount++;
        if (faults.size() < Limits.FAULTS_TOLD) {
            faults.add(what);
        }
    }

    long records() {
        return records;
    }

    int keys() {
        return keys.size();
    }

    /** The first few faults; empty if all is well. */
    List<String> faults() {
        return faults;
    }

    long faultCount() {
        return faultCount;
    }
}
