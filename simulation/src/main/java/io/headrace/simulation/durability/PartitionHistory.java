package io.headrace.simulation.durability;

import io.headrace.simulation.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the outside world was told about one partition, and so may rely upon for ever: which value an acks=all producer was
 * told to be at which offset, which value a consumer saw there, and where the log was said to start. It outlives every crash.
 */
final class PartitionHistory {

    private final String partition;
    private final TreeMap<Long, Value> acknowledged = new TreeMap<>();
    private final TreeMap<Long, Value> seen = new TreeMap<>();
    private final Map<Value, Long> places = new LinkedHashMap<>();
    private long logStart;
    private long deletionAsked;

    PartitionHistory(String partition) {
        this.partition = partition;
    }

    String partition() {
        return partition;
    }

    /** Whatever comes of it, records below the offset may go from now on. */
    void deletionAsked(long offset) {
        deletionAsked = Math.max(deletionAsked, offset);
    }

    /** No log may start above it unless retention moved it there. */
    long deletionAsked() {
        return deletionAsked;
    }

    /** The log was said to start here; what lies below is nobody's business any more, and may come back or not. */
    void startsAt(long offset) {
        logStart = Math.max(logStart, offset);
    }

    /** A producer was told with acks=all that the values are in the log from the offset on. */
    void acknowledged(long baseOffset, List<Value> values) {
        for (int i = 0; i < values.size(); i++) {
            told(acknowledged, "acknowledged", baseOffset + i, values.get(i));
        }
    }

    /** A consumer read the value at the offset. */
    void seen(long offset, Value value) {
        told(seen, "seen", offset, value);
    }

    private void told(SortedMap<Long, Value> told, String how, long offset, Value value) {
        same(acknowledged, "acknowledged", offset, value, how);
        same(seen, "seen", offset, value, how);
        told.put(offset, value);
        if (value.idempotent()) {
            Long other = places.putIfAbsent(value, offset);
            if (other != null && other != offset) {
                throw violation(
                        "idempotent value " + value + " is at offset " + other + " and, " + how + ", at " + offset);
            }
        }
    }

    private void same(SortedMap<Long, Value> told, String how, long offset, Value value, String now) {
        Value before = told.get(offset);
        if (before != null && !before.equals(value)) {
            throw violation(
                    "offset " + offset + " was " + how + " as " + before + " and is now " + now + " as " + value);
        }
    }

    /** Holds all that was told against what the log has, from its start to its high watermark. */
    void compare(SortedMap<Long, Value> log, long start, long highWatermark) {
        long relevant = Math.max(start, logStart);
        requireAll(acknowledged.tailMap(relevant), "acknowledged", log, highWatermark);
        requireAll(seen.tailMap(relevant), "seen", log, highWatermark);
        long expected = start;
        Map<Value, Long> once = new LinkedHashMap<>();
        Map<Integer, Value> latest = new LinkedHashMap<>();
        for (Map.Entry<Long, Value> entry : log.entrySet()) {
            if (entry.getKey() != expected++) {
                throw violation("the log skips from offset " + (expected - 1) + " to " + entry.getKey());
            }
            if (entry.getValue().idempotent()) {
                requireOnceInOrder(entry.getKey(), entry.getValue(), once, latest);
            }
        }
        if (expected != highWatermark) {
            throw violation(
                    "the log can be read up to offset " + expected + " but the high watermark is " + highWatermark);
        }
    }

    private void requireAll(SortedMap<Long, Value> told, String how, SortedMap<Long, Value> log, long highWatermark) {
        for (Map.Entry<Long, Value> entry : told.entrySet()) {
            Value found = log.get(entry.getKey());
            if (!entry.getValue().equals(found)) {
                throw violation("offset " + entry.getKey() + " was " + how + " as " + entry.getValue() + " and is "
                        + (found == null ? "gone (the high watermark is " + highWatermark + ")" : "now " + found));
            }
        }
    }

    private void requireOnceInOrder(long offset, Value value, Map<Value, Long> once, Map<Integer, Value> latest) {
        Long other = once.putIfAbsent(value, offset);
        if (other == null) {
            other = places.get(value);
        }
        if (other != null && other != offset) {
            throw violation("idempotent value " + value + " is at offset " + offset + " and at " + other);
        }
        Value before = latest.put(value.producer(), value);
        if (before != null && before.number() > value.number()) {
            throw violation("offset " + offset + " holds " + value + ", after " + before);
        }
    }

    private Violation violation(String what) {
        return new Violation(partition + ": " + what);
    }
}
