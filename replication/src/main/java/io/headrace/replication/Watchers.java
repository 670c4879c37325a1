package io.headrace.replication;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Readers that wait at the end of the log. Each is woken once, by the next thing that could change its answer: a higher
 * watermark, a new log start, a partition that goes away. A reader that gave up withdraws.
 */
final class Watchers {

    private LinkedHashSet<Runnable> waiting;

    void add(Runnable watcher) {
        if (waiting == null) {
            waiting = new LinkedHashSet<>();
        }
        waiting.add(watcher);
    }

    void remove(Runnable watcher) {
        if (waiting != null) {
            waiting.remove(watcher);
        }
    }

    void wake() {
        if (waiting == null || waiting.isEmpty()) {
            return;
        }
        List<Runnable> woken = new ArrayList<>(waiting);
        waiting = null;
        for (Runnable watcher : woken) {
            watcher.run();
        }
    }
}
