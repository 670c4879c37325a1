package io.headrace.compat.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Cuts one journal into stints, and tells what no member may do whatever the others did. */
final class StintReader {

    /**
     * The second comer of two static members of one place puts the first out, or has to wait. A member of the consumer protocol
     * that was taken for dead finds no such group if that has become a classic one.
     */
    private static final Set<String> ORDINARY_ENDS =
            Set.of("stopped", "FencedInstanceIdException", "UnreleasedInstanceIdException", "GroupIdNotFoundException");

    private final Journal journal;
    private final Consumer<String> violations;
    private final List<Stint> stints = new ArrayList<>();
    private final Map<Integer, Stint> held = new HashMap<>();
    private JournalEntry.Committing underWay;

    private StintReader(Journal journal, Consumer<String> violations) {
        this.journal = journal;
        this.violations = violations;
    }

    static List<Stint> read(Journal journal, Consumer<String> violations) {
        StintReader reader = new StintReader(journal, violations);
        journal.entries().forEach(reader::take);
        return reader.stints;
    }

    private void take(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Assigned assigned ->
                assigned.partitions().forEach(partition -> begin(assigned, partition));
            case JournalEntry.Ended ended -> held.keySet().removeAll(Set.copyOf(ended.partitions()));
            case JournalEntry.Read read -> read(read);
            case JournalEntry.Strange(long _, int partition, long offset) ->
                violations.accept(
                        journal + " read another record than was produced at " + offset + " of partition " + partition);
            case JournalEntry.Committing committing -> underWay = committing;
            case JournalEntry.Committed(long at) -> underWay.offsets().forEach((p, offset) -> commit(p, offset, at));
            case JournalEntry.Refused _ -> {}
            case JournalEntry.Overslept _ -> held.values().forEach(Stint::overslept);
            case JournalEntry.Closed(long _, String why) -> close(why);
        }
    }

    private void begin(JournalEntry.Assigned assigned, int partition) {
        Stint stint = new Stint(journal, partition, assigned.generation(), assigned.at());
        stints.add(stint);
        if (held.put(partition, stint) != null) {
            violations.accept(journal + " was assigned partition " + partition + " which it had");
        }
    }

    private void read(JournalEntry.Read read) {
        Stint stint = held.get(read.partition());
        if (stint == null) {
            violations.accept(journal + " read of partition " + read.partition() + " which it did not have: " + read);
        } else {
            stint.reads().add(read);
        }
    }

    private void commit(int partition, long offset, long acknowledged) {
        Stint stint = held.get(partition);
        if (stint == null) {
            violations.accept(
                    journal + " committed " + offset + " to partition " + partition + " which it did not have");
        } else {
            stint.commits().add(new Stint.Commit(underWay.at(), acknowledged, offset));
        }
    }

    private void close(String why) {
        held.clear();
        if (!ORDINARY_ENDS.contains(why)) {
            violations.accept(journal + " ended with " + why);
        }
    }
}
