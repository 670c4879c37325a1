package io.headrace.coordination.group.consumer;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeMap;

/** The topics that a group subscribes to, by name or by pattern, with how many times each is named. */
final class TopicCounts {

    private final TreeMap<String, Integer> counts = new TreeMap<>();

    void replace(Collection<String> before, Collection<String> after) {
        before.forEach(name -> counts.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1));
        after.forEach(name -> counts.merge(name, 1, Integer::sum));
    }

    boolean contains(String name) {
        return counts.containsKey(name);
    }

    NavigableSet<String> names() {
        return Collections.unmodifiableNavigableSet(counts.navigableKeySet());
    }
}
