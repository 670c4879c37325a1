package io.headrace.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of partitions' directories that deleted topics are about to leave, and who waits to use one of them for a topic of
 * the same name. Any thread.
 */
final class DepartingNames {

    /** A name can be given up more than once before its directory is out of the way. */
    private static final class Departure {
        private int outstanding;
        private final List<Runnable> waiting = new ArrayList<>();
    }

    private final Map<String, Departure> departures = new HashMap<>();

    /** Before a later topic of that name can be asked for. */
    synchronized void leaves(String directoryName) {
        departures.computeIfAbsent(directoryName, _ -> new Departure()).outstanding++;
    }

    /** The directory has another name now, or none; or that has failed, as a warning has told. */
    void hasLeft(String directoryName) {
        end(directoryName).forEach(Runnable::run);
    }

    private synchronized List<Runnable> end(String directoryName) {
        Departure departure = departures.get(directoryName);
        if (--departure.outstanding > 0) {
            return List.of();
        }
        departures.remove(directoryName);
        return departure.waiting;
    }

    /** Runs the action once the name is free: within this call, or on the thread that frees it. */
    void whenFree(String directoryName, Runnable action) {
        if (!waits(directoryName, action)) {
            action.run();
        }
    }

    private synchronized boolean waits(String directoryName, Runnable action) {
        Departure departure = departures.get(directoryName);
        return departure != null && departure.waiting.add(action);
    }
}
