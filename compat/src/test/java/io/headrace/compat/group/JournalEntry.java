package io.headrace.compat.group;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a member has to tell, one line of its {@link Journal}. Times are those of {@link System#nanoTime}, which counts from
 * the start of the machine and so can be compared between processes.
 */
sealed interface JournalEntry {

    /** When it was, or began. */
    long at();

    /** Partitions are the member's from now on. */
    record Assigned(long at, int generation, List<Integer> partitions) implements JournalEntry {}

    /** Partitions are not the member's any more, whether it gave them up or lost them. */
    record Ended(long at, List<Integer> partitions) implements JournalEntry {}

    /**
     * A poll, begun at that time, has returned consecutive records of a partition.
     *
     * @param last included
     */
    record Read(long at, int partition, long first, long last) implements JournalEntry {}

    /** A record that is not the one that was produced to its offset. */
    record Strange(long at, int partition, long offset) implements JournalEntry {}

    /** The member is about to commit. */
    record Committing(long at, Map<Integer, Long> offsets) implements JournalEntry {}

    /** The commit before this has been acknowledged. */
    record Committed(long at) implements JournalEntry {}

    /** The commit before this has been refused; the member goes on. */
    record Refused(long at, String why) implements JournalEntry {}

    /** The member has just found that it was still for long enough to be taken for dead. */
    record Overslept(long at) implements JournalEntry {}

    /** The client is closed and has no partitions any more; the member may go on with another one. */
    record Closed(long at, String why) implements JournalEntry {}

    default String line() {
        return switch (this) {
            case Assigned(long at, int generation, var partitions) ->
                "assigned " + at + " " + generation + " " + list(partitions);
            case Ended(long at, var partitions) -> "ended " + at + " " + list(partitions);
            case Read(long at, int partition, long first, long last) ->
                "read " + at + " " + partition + " " + first + " " + last;
            case Strange(long at, int partition, long offset) -> "strange " + at + " " + partition + " " + offset;
            case Committing(long at, var offsets) ->
                "committing " + at + " "
                        + offsets.entrySet().stream()
                                .map(one -> one.getKey() + ":" + one.getValue())
                                .collect(Collectors.joining(","));
            case Committed(long at) -> "committed " + at;
            case Refused(long at, String why) -> "refused " + at + " " + why;
            case Overslept(long at) -> "overslept " + at;
            case Closed(long at, String why) -> "closed " + at + " " + why;
        };
    }

    static JournalEntry parse(String line) {
        String[] words = line.split(" ", -1);
        long at = Long.parseLong(words[1]);
        return switch (words[0]) {
            case "assigned" -> new Assigned(at, Integer.parseInt(words[2]), partitions(words[3]));
            case "ended" -> new Ended(at, partitions(words[2]));
            case "read" -> new Read(at, Integer.parseInt(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
            case "strange" -> new Strange(at, Integer.parseInt(words[2]), Long.parseLong(words[3]));
            case "committing" -> new Committing(at, offsets(words[2]));
            case "committed" -> new Committed(at);
            case "refused" -> new Refused(at, words[2]);
            case "overslept" -> new Overslept(at);
            case "closed" -> new Closed(at, words[2]);
            default -> throw new IllegalArgumentException("no line of a journal: " + line);
        };
    }

    private static String list(List<Integer> partitions) {
        return new TreeSet<>(partitions).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Integer> partitions(String list) {
        return list.isEmpty()
                ? List.of()
                : Stream.of(list.split(",", -1)).map(Integer::valueOf).toList();
    }

    private static Map<Integer, Long> offsets(String list) {
        Map<Integer, Long> offsets = new LinkedHashMap<>();
        for (String one : list.split(",", -1)) {
            int colon = one.indexOf(':');
            offsets.put(Integer.valueOf(one.substring(0, colon)), Long.valueOf(one.substring(colon + 1)));
        }
        return offsets;
    }
}
