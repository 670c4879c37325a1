package io.headrace.compat.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Judges whether what came out is what went in: each value of each key once, and a key's values in their order. */
final class ExactlyOnce {

    private ExactlyOnce() {}

    /**
     * What is wrong, a line for each finding; empty if all is well.
     *
     * @param in the values of each key, in their order, each of them once
     * @param out the values of each key, in the order of the partition that they were read from
     */
    static List<String> findings(Map<String, List<String>> in, Map<String, List<String>> out) {
        List<String> findings = new ArrayList<>();
        Stream.concat(in.keySet().stream(), out.keySet().stream())
                .distinct()
                .sorted()
                .forEach(key ->
                        findings.addAll(ofKey(key, in.getOrDefault(key, List.of()), out.getOrDefault(key, List.of()))));
        return findings;
    }

    private static List<String> ofKey(String key, List<String> in, List<String> out) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < in.size(); place++) {
            places.put(in.get(place), place);
        }
        List<String> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String latest = null;
        int latestPlace = -1;
        for (String value : out) {
            Integer place = places.get(value);
            if (place == null) {
                findings.add("%s: %s was never sent".formatted(key, value));
            } else if (!seen.add(value)) {
                findings.add("%s: %s came again".formatted(key, value));
            } else if (place < latestPlace) {
                findings.add("%s: %s came after %s".formatted(key, value, latest));
            } else {
                latest = value;
                latestPlace = place;
            }
        }
        for (String value : in) {
            if (!seen.contains(value)) {
                findings.add("%s: %s is lost".formatted(key, value));
            }
        }
        return findings;
    }
}
