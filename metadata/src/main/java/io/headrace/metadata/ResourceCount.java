package io.headrace.metadata;

import java.util.HashMap;
import java.util.Map;

/** How often a request has each resource, and how much of it there is in all. */
final class ResourceCount {

    private final Map<Byte, Map<String, Integer>> times = new HashMap<>();
    private long chars;

    void add(byte type, String name) {
        times.computeIfAbsent(type, unseen -> new HashMap<>()).merge(name, 1, Integer::sum);
    }

    void addChars(String resource, String key, String value) {
        chars += resource.length() + key.length() + (value == null ? 0 : value.length());
    }

    /** Whether a resource that has been added stands there more than once. */
    boolean more(byte type, String name) {
        return times.get(type).get(name) > 1;
    }

    Refusal tooLarge() {
        return Refusal.ofSize(0, chars);
    }
}
