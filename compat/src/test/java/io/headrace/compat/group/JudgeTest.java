package io.headrace.compat.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A judge who lets everything pass would prove nothing, so each rule is broken once. Everything happens in partition 0 of one. */
class JudgeTest {

    private static final int PARTITION = 0;

    private final List<Journal> journals = new ArrayList<>();

    private Journal member(String place) {
        Journal journal = new Journal(place, journals.size(), Path.of("not written"));
        journals.add(journal);
        return journal;
    }

    private static void assigned(Journal journal, long at, int generation) {
        journal.add(new JournalEntry.Assigned(at, generation, List.of(PARTITION)));
    }

    private static void ended(Journal journal, long at) {
        journal.add(new JournalEntry.Ended(at, List.of(PARTITION)));
    }

    private static void read(Journal journal, long at, long first, long last) {
        journal.add(new JournalEntry.Read(at, PARTITION, first, last));
    }

    /** Sent at that time, and acknowledged at once. */
    private static void commit(Journal journal, long at, long offset) {
        journal.add(new JournalEntry.Committing(at, Map.of(PARTITION, offset)));
        journal.add(new JournalEntry.Committed(at + 1));
    }

    private static void refused(Journal journal, long at, long offset) {
        journal.add(new JournalEntry.Committing(at, Map.of(PARTITION, offset)));
        journal.add(new JournalEntry.Refused(at + 1, "CommitFailedException"));
    }

    private List<String> violations(long records) {
        return Judge.judge(journals, 1, records).violations();
    }

    /** One reads and commits ten records, in generation 1. */
    private Journal tenReadBy(String place) {
        Journal one = member(place);
        assigned(one, 100, 1);
        read(one, 110, 0, 9);
        commit(one, 120, 10);
        return one;
    }

    @Test
    void aPartitionThatIsHandedOnIsInOrder() {
        Journal one = tenReadBy("one");
        ended(one, 130);
        Journal two = member("two");
        assigned(two, 140, 2);
        read(two, 150, 10, 19);
        commit(two, 160, 20);

        assertThat(violations(20)).isEmpty();
    }

    @Test
    void whatWasReadAndNotCommittedMayBeReadAgain() {
        Journal killed = tenReadBy("one");
        read(killed, 130, 10, 14);
        Journal two = member("two");
        assigned(two, 7_000, 2);
        read(two, 7_010, 10, 19);

        assertThat(violations(20)).isEmpty();
    }

    @Test
    void whetherACommitCountsIsNotKnownUntilItIsAcknowledged() {
        Journal killed = tenReadBy("one");
        read(killed, 130, 10, 14);
        killed.add(new JournalEntry.Committing(140, Map.of(PARTITION, 15L)));
        Journal two = member("two");
        assigned(two, 7_000, 2);
        read(two, 7_010, 15, 19);

        assertThat(violations(20)).isEmpty();
    }

    @Test
    void whoSleptMayReadWhatItStillHasInItsHandButNotCommitIt() {
        Journal sleeper = tenReadBy("one");
        Journal two = member("two");
        assigned(two, 7_000, 2);
        read(two, 7_010, 10, 19);
        commit(two, 7_020, 20);
        sleeper.add(new JournalEntry.Overslept(7_990));
        read(sleeper, 8_000, 10, 14);
        refused(sleeper, 8_010, 15);

        Verdict verdict = Judge.judge(journals, 1, 20);

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.lateReads()).isEqualTo(5);
        assertThat(verdict.reads()).isEqualTo(25);
        assertThat(verdict.commits()).isEqualTo(2);
    }

    @Test
    void aStaticMemberMayComeBackInTheSameGeneration() {
        tenReadBy("one");
        Journal again = member("one");
        assigned(again, 140, 1);
        read(again, 150, 10, 19);
        commit(again, 160, 20);

        assertThat(violations(20)).isEmpty();
    }

    @Test
    void aRecordThatNobodyReadIsMissed() {
        tenReadBy("one");

        assertThat(violations(11)).containsExactly("nobody read 10 of partition 0");
    }

    @Test
    void aPartitionThatNobodyHadIsMissed() {
        assertThat(violations(1)).containsExactly("nobody read 0 of partition 0");
    }

    @Test
    void aRecordThatWasNeverProducedIsFound() {
        tenReadBy("one");

        assertThat(violations(9)).containsExactly("somebody read 9 of partition 0, which has 9 records");
    }

    @Test
    void aRecordWithAnotherValueIsFound() {
        tenReadBy("one").add(new JournalEntry.Strange(130, PARTITION, 4));

        assertThat(violations(10)).containsExactly("one.0 read another record than was produced at 4 of partition 0");
    }

    @Test
    void aStintMayNotBeginBeforeTheLastCommit() {
        Journal one = tenReadBy("one");
        ended(one, 130);
        Journal two = member("two");
        assigned(two, 140, 2);
        read(two, 150, 0, 19);

        assertThat(violations(20)).contains("partition 0 of two.1 in generation 2 began at 0, before the commit of 10");
    }

    @Test
    void aStintMayNotBeginWhereNobodyHasCommitted() {
        Journal one = tenReadBy("one");
        read(one, 125, 10, 19);
        ended(one, 130);
        Journal two = member("two");
        assigned(two, 140, 2);
        read(two, 150, 15, 19);

        assertThat(violations(20))
                .containsExactly("partition 0 of two.1 in generation 2 began at 15, which nobody has committed");
    }

    @Test
    void aStintMayLeaveNothingOut() {
        Journal one = tenReadBy("one");
        read(one, 130, 12, 19);
        assigned(member("two"), 140, 2);
        read(journals.getLast(), 150, 10, 19);

        assertThat(violations(20)).contains("partition 0 of one.0 in generation 1 read 12 when 10 was due");
    }

    @Test
    void aStintMayNotGoBack() {
        Journal one = tenReadBy("one");
        read(one, 130, 5, 19);

        assertThat(violations(20)).containsExactly("partition 0 of one.0 in generation 1 read 5 when 10 was due");
    }

    @Test
    void whoIsAwakeMayNotReadWhatALaterOwnerHasCommitted() {
        Journal one = tenReadBy("one");
        Journal two = member("two");
        assigned(two, 140, 2);
        read(two, 150, 10, 19);
        commit(two, 160, 20);
        read(one, 170, 10, 14);

        assertThat(violations(20))
                .containsExactly("partition 0 of one.0 in generation 1 read 10 after a later owner had committed 20");
    }

    @Test
    void aSleepBeforeTheStintIsNoExcuse() {
        Journal one = member("one");
        one.add(new JournalEntry.Overslept(50));
        assigned(one, 100, 1);
        read(one, 110, 0, 9);
        Journal two = member("two");
        assigned(two, 140, 2);
        read(two, 150, 0, 19);
        commit(two, 160, 20);
        read(one, 170, 10, 14);

        assertThat(violations(20)).singleElement().asString().contains("after a later owner had committed 20");
    }

    @Test
    void aFencedMemberMayNotCommit() {
        Journal sleeper = tenReadBy("one");
        sleeper.add(new JournalEntry.Overslept(6_990));
        Journal two = member("two");
        assigned(two, 7_000, 2);
        read(two, 7_010, 10, 19);
        read(sleeper, 7_020, 10, 14);
        commit(sleeper, 7_030, 15);
        commit(two, 7_040, 20);

        assertThat(violations(20))
                .containsExactly("partition 0 of one.0 in generation 1 was acknowledged a commit of 15 that it sent"
                        + " after partition 0 of two.1 in generation 2 had begun");
    }

    @Test
    void aStaticMemberThatWasReplacedMayNotCommit() {
        Journal sleeper = tenReadBy("one");
        sleeper.add(new JournalEntry.Overslept(130));
        Journal twin = member("one");
        assigned(twin, 140, 1);
        read(twin, 150, 10, 19);
        commit(twin, 160, 20);
        read(sleeper, 170, 10, 19);
        commit(sleeper, 180, 20);

        assertThat(violations(20)).singleElement().asString().contains("that it sent after");
    }

    @Test
    void aCommitMayNotBeLowerThanOneBefore() {
        Journal one = tenReadBy("one");
        commit(one, 130, 8);

        assertThat(violations(10)).containsExactly("a commit of 8 to partition 0 was acknowledged after one of 10");
    }

    @Test
    void twoMembersMayNotHaveAPartitionInOneGeneration() {
        tenReadBy("one");
        assigned(member("two"), 140, 1);

        assertThat(violations(10))
                .containsExactly(
                        "partition 0 of one.0 in generation 1 was partition 0 of two.1 in generation 1 at once");
    }

    @Test
    void nobodyMayReadWhatItGaveUp() {
        Journal one = tenReadBy("one");
        ended(one, 130);
        read(one, 140, 10, 19);

        assertThat(violations(10))
                .singleElement()
                .asString()
                .startsWith("one.0 read of partition 0 which it did not have");
    }

    @Test
    void nobodyMayCommitWhatItGaveUp() {
        Journal one = tenReadBy("one");
        ended(one, 130);
        commit(one, 140, 10);

        assertThat(violations(10)).containsExactly("one.0 committed 10 to partition 0 which it did not have");
    }

    @Test
    void aMemberThatHasClosedHasNothing() {
        Journal one = tenReadBy("one");
        one.add(new JournalEntry.Closed(130, "stopped"));
        read(one, 140, 10, 19);

        assertThat(violations(10))
                .singleElement()
                .asString()
                .startsWith("one.0 read of partition 0 which it did not have");
    }

    @Test
    void aMemberMayNotFail() {
        tenReadBy("one").add(new JournalEntry.Closed(130, "InvalidOffsetException"));

        assertThat(violations(10)).containsExactly("one.0 ended with InvalidOffsetException");
    }
}
