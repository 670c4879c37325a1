package io.headrace.broker.adoption;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files of a partition's directory are taken along. After a clean stop all that Kafka works with; after any other what
 * is known to have been durable, and the batches: what the log makes anew when it is loaded stays behind. Compaction's
 * unfinished files go along, since loading completes or forgets them.
 *
 * @param taken names of the files
 * @param remade names of those that loading makes anew
 * @param unknown names of those that are not Kafka's
 */
record PartitionFiles(List<String> taken, List<String> remade, List<String> unknown) {

    private static final Pattern OFFSET_FILE = Pattern.compile("(\\d{20})\\.(log|index|timeindex|txnindex|snapshot)");
    private static final Pattern ALWAYS =
            Pattern.compile("leader-epoch-checkpoint|partition\\.metadata|\\d{20}\\.[a-z]+\\.(swap|cleaned)");
    private static final Pattern DEPARTED = Pattern.compile(".*\\.(deleted|tmp)");

    /**
     * What of a partition is known to have been durable.
     *
     * @param clean all of it
     * @param recoveryPoint the batches below it, and what belongs to them
     * @param gaps compaction may have changed the files below the recovery point since it was written down
     */
    record Durability(boolean clean, long recoveryPoint, boolean gaps) {

        boolean vouchesForSnapshot(long offset) {
            return clean || offset <= recoveryPoint;
        }

        boolean vouchesForIndex(long segmentEnd) {
            return clean || !gaps && segmentEnd <= recoveryPoint;
        }
    }

    static PartitionFiles of(List<String> names, Durability durability) {
        NavigableSet<Long> segments = new TreeSet<>();
        for (String name : names) {
            Matcher file = OFFSET_FILE.matcher(name);
            if (file.matches() && file.group(2).equals("log")) {
                segments.add(Long.valueOf(file.group(1)));
            }
        }
        PartitionFiles files = new PartitionFiles(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String name : names) {
            files.sort(name, segments, durability);
        }
        return files;
    }

    private void sort(String name, NavigableSet<Long> segments, Durability durability) {
        Matcher file = OFFSET_FILE.matcher(name);
        if (file.matches()) {
            long offset = Long.parseLong(file.group(1));
            boolean vouched = switch (file.group(2)) {
                case "snapshot" -> durability.vouchesForSnapshot(offset);
                case "index", "timeindex" -> {
                    Long next = segments.higher(offset);
                    yield durability.vouchesForIndex(next == null ? Long.MAX_VALUE : next);
                }
                default -> true;
            };
            (vouched ? taken : remade).add(name);
        } else if (ALWAYS.matcher(name).matches()) {
            taken.add(name);
        } else if (DEPARTED.matcher(name).matches()) {
            remade.add(name);
        } else {
            unknown.add(name);
        }
    }
}
