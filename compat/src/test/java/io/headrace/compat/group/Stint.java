package io.headrace.compat.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The time from when a member is assigned a partition to when it gives it up, or is heard of no more. */
final class Stint {

    /** One that was acknowledged. */
    record Commit(long sent, long acknowledged, long offset) {}

    private static final Comparator<Stint> SUCCESSION = Comparator.comparingInt((Stint stint) -> stint.generation)
            .thenComparingInt(stint -> stint.journal.life())
            .thenComparingLong(stint -> stint.since);

    private final Journal journal;
    private final int partition;
    private final int generation;
    private final long since;
    private final List<JournalEntry.Read> reads = new ArrayList<>();
    private final List<Commit> commits = new ArrayList<>();
    private int readsBeforeSleep = Integer.MAX_VALUE;

    Stint(Journal journal, int partition, int generation, long since) {
        this.journal = journal;
        this.partition = partition;
        this.generation = generation;
        this.since = since;
    }

    int partition() {
        return partition;
    }

    int generation() {
        return generation;
    }

    String place() {
        return journal.place();
    }

    long since() {
        return since;
    }

    List<JournalEntry.Read> reads() {
        return reads;
    }

    List<Commit> commits() {
        return commits;
    }

    /**
     * Whether the partition became this stint's after it had been the other's. The group counts them by generation (or
     * epoch); a static member that comes back in the same one does so in a younger process.
     */
    boolean succeeds(Stint other) {
        return SUCCESSION.compare(this, other) > 0;
    }

    /** The member has noticed that it was still for long. */
    void overslept() {
        readsBeforeSleep = Math.min(readsBeforeSleep, reads.size());
    }

    /** How many of the reads came before the member was still for long, if it ever was. */
    int readsBeforeSleep() {
        return readsBeforeSleep;
    }

    @Override
    public String toString() {
        return "partition " + partition + " of " + journal + " in generation " + generation;
    }
}
