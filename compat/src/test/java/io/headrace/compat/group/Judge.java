package io.headrace.compat.group;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a group by the journals of all who were ever in it. What it insists on:
 *
 * <ul>
 *   <li>every record is read by somebody;
 *   <li>a stint begins at an offset that somebody wanted to commit (or the first), not before any commit that was
 *       acknowledged before the stint began, and goes on from there record by record: so every repeat lies at or beyond
 *       the last commit;
 *   <li>nobody reads what a later owner has committed already, but for a member that was still for longer than its
 *       session may be silent, and had records in its hand;
 *   <li>nobody's commit is acknowledged that was sent after a later owner was assigned the partition, and of two commits one
 *       after the other the later is not lower;
 *   <li>no two members have a partition in the same generation, and nobody reads or commits what it was not assigned.
 * </ul>
 */
final class Judge {

    private final long recordsEach;
    private final List<String> violations = new ArrayList<>();
    private long reads;
    private long lateReads;
    private long commits;

    private Judge(long recordsEach) {
        this.recordsEach = recordsEach;
    }

    /**
     * @param partitions how many there are
     * @param recordsEach in every partition, from offset 0
     */
    static Verdict judge(List<Journal> journals, int partitions, long recordsEach) {
        Judge judge = new Judge(recordsEach);
        Map<Integer, List<Stint>> stints = new HashMap<>();
        for (Journal journal : journals) {
            for (Stint stint : StintReader.read(journal, judge.violations::add)) {
                stints.computeIfAbsent(stint.partition(), _ -> new ArrayList<>())
                        .add(stint);
            }
        }
        for (int partition = 0; partition < partitions; partition++) {
            judge.judge(partition, stints.getOrDefault(partition, List.of()), offsetsWanted(journals, partition));
        }
        return new Verdict(judge.violations, judge.reads, judge.lateReads, judge.commits);
    }

    /** Offsets that somebody has sent commits of, acknowledged or not, and the first. */
    private static Set<Long> offsetsWanted(List<Journal> journals, int partition) {
        Set<Long> wanted = new HashSet<>(Set.of(0L));
        for (Journal journal : journals) {
            for (JournalEntry entry : journal.entries()) {
                if (entry instanceof JournalEntry.Committing(long _, var offsets) && offsets.containsKey(partition)) {
                    wanted.add(offsets.get(partition));
                }
            }
        }
        return wanted;
    }

    private void judge(int partition, List<Stint> stints, Set<Long> offsetsWanted) {
        List<Stint.Commit> allCommits =
                stints.stream().flatMap(stint -> stint.commits().stream()).toList();
        commits += allCommits.size();
        everyRecordIsRead(partition, stints);
        commitsDoNotGoBack(partition, allCommits);
        for (Stint stint : stints) {
            goesOnWhereTheGroupWas(stint, allCommits, offsetsWanted);
            List<Stint> later =
                    stints.stream().filter(other -> other.succeeds(stint)).toList();
            later.forEach(other -> isFencedBy(stint, other));
            readsNothingThatIsDone(stint, later);
        }
    }

    private void everyRecordIsRead(int partition, List<Stint> stints) {
        BitSet seen = new BitSet();
        for (Stint stint : stints) {
            for (JournalEntry.Read read : stint.reads()) {
                seen.set(Math.toIntExact(read.first()), Math.toIntExact(read.last() + 1));
                reads += read.last() + 1 - read.first();
            }
        }
        int unread = seen.nextClearBit(0);
        if (unread < recordsEach) {
            violations.add("nobody read " + unread + " of partition " + partition);
        }
        if (seen.length() > recordsEach) {
            violations.add("somebody read " + (seen.length() - 1) + " of partition " + partition + ", which has "
                    + recordsEach + " records");
        }
    }

    private void commitsDoNotGoBack(int partition, List<Stint.Commit> all) {
        List<Stint.Commit> bySending = all.stream()
                .sorted(Comparator.comparingLong(Stint.Commit::sent))
                .toList();
        List<Stint.Commit> byAnswer = all.stream()
                .sorted(Comparator.comparingLong(Stint.Commit::acknowledged))
                .toList();
        long highest = 0;
        int answered = 0;
        for (Stint.Commit commit : bySending) {
            while (byAnswer.get(answered).acknowledged() < commit.sent()) {
                highest = Math.max(highest, byAnswer.get(answered++).offset());
            }
            if (commit.offset() < highest) {
                violations.add("a commit of " + commit.offset() + " to partition " + partition
                        + " was acknowledged after one of " + highest);
            }
        }
    }

    private void goesOnWhereTheGroupWas(Stint stint, List<Stint.Commit> all, Set<Long> offsetsWanted) {
        if (stint.reads().isEmpty()) {
            return;
        }
        long first = stint.reads().getFirst().first();
        long committed = all.stream()
                .filter(commit -> commit.acknowledged() < stint.since())
                .mapToLong(Stint.Commit::offset)
                .max()
                .orElse(0);
        if (first < committed) {
            violations.add(stint + " began at " + first + ", before the commit of " + committed);
        }
        if (!offsetsWanted.contains(first)) {
            violations.add(stint + " began at " + first + ", which nobody has committed");
        }
        long next = first;
        for (JournalEntry.Read read : stint.reads()) {
            if (read.first() != next) {
                violations.add(stint + " read " + read.first() + " when " + next + " was due");
            }
            next = read.last() + 1;
        }
    }

    private void isFencedBy(Stint stint, Stint later) {
        if (stint.generation() == later.generation() && !stint.place().equals(later.place())) {
            violations.add(stint + " was " + later + " at once");
        }
        for (Stint.Commit commit : stint.commits()) {
            if (commit.sent() > later.since()) {
                violations.add(stint + " was acknowledged a commit of " + commit.offset() + " that it sent after "
                        + later + " had begun");
            }
        }
    }

    private void readsNothingThatIsDone(Stint stint, List<Stint> later) {
        List<Stint.Commit> laterCommits = later.stream()
                .flatMap(other -> other.commits().stream())
                .sorted(Comparator.comparingLong(Stint.Commit::acknowledged))
                .toList();
        long committed = 0;
        int known = 0;
        for (int i = 0; i < stint.reads().size(); i++) {
            JournalEntry.Read read = stint.reads().get(i);
            while (known < laterCommits.size() && laterCommits.get(known).acknowledged() < read.at()) {
                committed = Math.max(committed, laterCommits.get(known++).offset());
            }
            if (read.first() >= committed) {
                continue;
            }
            if (i >= stint.readsBeforeSleep()) {
                lateReads += Math.min(read.last() + 1, committed) - read.first();
            } else {
                violations.add(stint + " read " + read.first() + " after a later owner had committed " + committed);
            }
        }
    }
}
