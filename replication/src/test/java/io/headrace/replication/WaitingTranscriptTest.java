package io.headrace.replication;

import io.headrace.log.LogConfig;
import org.junit.jupiter.api.Test;

/** Appends that have to wait: for a new segment, and for others' bytes to be flushed. */
class WaitingTranscriptTest {

    /** Two batches of two records of 100 bytes fill a segment. */
    private static final LogConfig SMALL_SEGMENTS = LogConfig.defaults().with(draft -> {
        draft.segmentBytes = 650;
        draft.fileDeleteDelayMs = 1000;
    });

    @Test
    void aFullSegmentIsRolledAndWhatCameMeanwhileFollowsInOrder() {
        Transcript.of(SMALL_SEGMENTS).reads("""
                > produce a 2 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 2 bytes=100
                b placed
                > produce c 2 bytes=100
                begins roll
                > produce d 1 acks=1
                > flush
                a at 0-1
                begins flush
                > roll
                c placed
                d placed
                d at 6-6
                > flush
                b at 2-3
                begins flush
                > flush
                c at 4-5
                > read 4
                read 4-5 6-6, log from 0 to 7
                > read 0
                begins seek
                > seek
                read 0-1 2-3, log from 0 to 7
                """);
    }

    @Test
    void aFlushAndARollComeBackInAnyOrder() {
        Transcript.of(SMALL_SEGMENTS).reads("""
                > produce a 2 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 2 bytes=100
                b placed
                > produce c 2 bytes=100
                begins roll
                > run flush
                > roll
                c placed
                > tell flush
                a at 0-1
                begins flush
                > flush
                b at 2-3
                c at 4-5
                > state
                log from 0 to 6, flushed to 6, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void aCheckpointWaitsForTheRoll() {
        Transcript.of(SMALL_SEGMENTS).reads("""
                > produce a 2 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 2 bytes=100
                b placed
                > rest
                a at 0-1
                begins flush
                b at 2-3
                > produce c 2 bytes=100
                begins roll
                > checkpoint
                > roll
                c placed
                begins flush
                > flush
                c at 4-5
                > state
                log from 0 to 6, flushed to 6, recovery point 6; unflushed 0; open files 1
                """);
    }

    @Test
    void ofALogThatIsNeverAtRestTheNextFlushIsTheCheckpoint() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1
                b placed
                > checkpoint x
                > flush
                a at 0-0
                begins flush
                > produce c 1
                c placed
                > checkpoint y
                > flush
                x over, 0 bytes flushed since
                b at 1-1
                begins flush
                > produce d 1
                d placed
                > state
                log from 0 to 4, flushed to 2, recovery point 2; unflushed 156; open files 1
                > flush
                y over, 0 bytes flushed since
                c at 2-2
                begins flush
                > flush
                d at 3-3
                > state
                log from 0 to 4, flushed to 4, recovery point 3; unflushed 0; open files 1
                """);
    }

    @Test
    void aCheckpointIsOverAtOnceWhereThereIsNothingToDo() {
        Transcript.durable().reads("""
                > checkpoint x
                x over, 0 bytes flushed since
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-0
                > checkpoint y
                begins flush
                > flush
                y over, 0 bytes flushed since
                > checkpoint z
                z over, 0 bytes flushed since
                """);
    }

    @Test
    void aCheckpointIsOverWhenTheLogIsThrownAway() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > checkpoint x
                > disk fails-sync
                > flush
                a refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                x over, 0 bytes flushed since
                offline: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                directory failed
                """);
    }

    @Test
    void whatIsShownBeforeItIsFlushedIsFlushedByTheCheckpoint() {
        Transcript.written(Long.MAX_VALUE).reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                a at 0-0
                > state
                log from 0 to 1, flushed to 0, recovery point 0; unflushed 78; open files 1
                > checkpoint x
                begins flush
                > flush
                x over, 0 bytes flushed since
                > state
                log from 0 to 1, flushed to 1, recovery point 1; unflushed 0; open files 1
                """);
    }

    @Test
    void appendsWaitUntilAFlushGivesBytesBack() {
        Transcript.budgetOf(300).reads("""
                > produce a 2 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1 bytes=100
                b placed
                > produce c 1 bytes=100 acks=0
                > produce x 1 on q
                begins open on q
                > open on q
                opened on q
                > state
                log from 0 to 3, flushed to 0, recovery point 0; unflushed 449; open files 2
                > flush
                a at 0-1
                c placed
                c at 3-3
                begins flush
                > flush
                b at 2-2
                x placed
                begins flush on q
                > flush on q
                x at 0-0
                > state
                log from 0 to 4, flushed to 4, recovery point 0; unflushed 0; open files 2
                """);
    }

    @Test
    void anAppendThatWaitsForBytesMayFindTheSegmentFull() {
        Transcript.budgetOf(300).reads("""
                > produce a 3 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > configure segment.bytes=400
                > produce b 2 bytes=100
                > produce c 1
                > flush
                a at 0-2
                begins roll
                > roll
                b placed
                begins flush
                c placed
                > flush
                b at 3-4
                begins flush
                > flush
                c at 5-5
                > state
                log from 0 to 6, flushed to 6, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void whoComesFromWithinAnAnswerWaitsBehindThoseThatWaitAlready() {
        Transcript.budgetOf(300).reads("""
                > produce a 3 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1 placed=d
                > produce c 1
                > flush
                a at 0-2
                b placed
                begins flush
                c placed
                d placed
                > flush
                b at 3-3
                begins flush
                > read 0
                read 0-2 3-3, log from 0 to 4
                """);
    }

    @Test
    void withVisibilityWrittenWhoSpendsTheBudgetFlushes() {
        Transcript.written(300).reads("""
                > produce a 1 bytes=100
                begins open
                > open
                opened
                a placed
                a at 0-0
                > produce x 1 bytes=100 on q
                begins open on q
                > open on q
                opened on q
                x placed
                x at 0-0
                begins flush on q
                > produce c 1 bytes=100
                > produce y 1 bytes=100 on q
                > flush on q
                c placed
                c at 1-1
                begins flush
                > state
                log from 0 to 2, flushed to 0, recovery point 0; unflushed 340; open files 2
                """);
    }

    @Test
    void whatIsDroppedDoesNotWaitForBytesAnyMore() {
        Transcript.budgetOf(300).reads("""
                > produce a 2 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1 bytes=100
                b placed
                > produce x 1 on q
                begins open on q
                > open on q
                opened on q
                > watch reader on q
                > delete on q
                x placed
                x refused NOT_LEADER_OR_FOLLOWER: the topic was deleted
                reader woken
                untouched on q
                > flush
                a at 0-1
                begins flush
                > produce c 1
                c placed
                > rest
                b at 2-2
                begins flush
                c at 3-3
                > state
                log from 0 to 4, flushed to 4, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void expiredSegmentsAreGoneAtOnceAndTheirFilesLater() {
        Transcript.of(SMALL_SEGMENTS).reads("""
                > produce a 2 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 2 bytes=100
                b placed
                > produce c 2 bytes=100
                begins roll
                > rest
                a at 0-1
                begins flush
                c placed
                b at 2-3
                begins flush
                c at 4-5
                > read 0 hold=slow
                begins seek
                > seek
                read 0-1 2-3, log from 0 to 6
                > watch reader
                > configure retention.ms=5000
                > retention
                > wait 6000
                > retention
                begins roll
                begins retain
                reader woken
                > retain
                > roll
                begins retain
                > retain
                > read 0
                read OFFSET_OUT_OF_RANGE
                > read 4
                read OFFSET_OUT_OF_RANGE
                > read 6
                read nothing, log from 6 to 6
                > wait 2000
                > retention
                begins retain
                > retain
                > content slow
                slow is 0-1 2-3
                > state
                log from 6 to 6, flushed to 6, recovery point 0; unflushed 0; open files 1
                """);
    }
}
