package io.headrace.compat.group;

import java.util.ArrayList;
import java.util.List;

/**
 * What the {@link Judge} found.
 *
 * @param violations one line each; empty if the promises were kept
 * @param reads of records, the repeats included
 * @param lateReads records that a member, after a long sleep, read after a later owner had committed them
 * @param commits acknowledged ones, counted by partition
 */
record Verdict(List<String> violations, long reads, long lateReads, long commits) {

    static final Verdict NONE = new Verdict(List.of(), 0, 0, 0);

    Verdict and(String group, Verdict other) {
        List<String> all = new ArrayList<>(violations);
        other.violations.forEach(violation -> all.add(group + ": " + violation));
        return new Verdict(all, reads + other.reads, lateReads + other.lateReads, commits + other.commits);
    }
}
