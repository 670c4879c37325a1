package io.headrace.replication;

import io.headrace.log.LogConfig;
import org.junit.jupiter.api.Test;

/** What a partition does when the disk fails it. */
class FailureTranscriptTest {

    /** Two batches of two records of 100 bytes fill a segment. */
    private static final LogConfig SMALL_SEGMENTS = LogConfig.defaults().with(draft -> {
        draft.segmentBytes = 650;
        draft.fileDeleteDelayMs = 1000;
    });

    @Test
    void aFailedWriteIsToldToAllThatIsNotDurableAndTheLogIsReadAgain() {
        Transcript.durable().reads("""
                > produce safe 1
                begins open
                > open
                opened
                safe placed
                begins flush
                > flush
                safe at 0-0
                > produce lost 1 producer=7 seq=0
                lost placed
                begins flush
                > watch reader
                > disk fails-write
                > produce hit 1 producer=7 seq=1
                starts over: Input/output error
                lost refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                hit placed
                hit refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                reader woken
                > read 0
                > flush
                begins open
                > open
                opened
                begins seek
                > seek
                read 0-0 1-1, log from 0 to 2
                > produce lost 1 producer=7 seq=0
                lost placed
                lost refused KAFKA_STORAGE_ERROR: a write failed a moment ago
                > wait 1000
                > produce lost 1 producer=7 seq=0
                lost placed
                lost again at 1-1
                > produce hit 1 producer=7 seq=1
                hit placed
                begins flush
                > flush
                hit at 2-2
                > state
                log from 0 to 3, flushed to 3, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void theFilesAreLeftAloneUntilAllWorkOnThemHasComeBack() {
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
                > retention
                > disk full
                > roll
                starts over: No space left on device
                a refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                b refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                c placed
                c refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                > produce d 1
                d placed
                d refused KAFKA_STORAGE_ERROR: a write failed a moment ago
                > read 0
                > disk roomy
                > flush
                begins open
                > open
                opened
                begins seek
                > seek
                read 0-1 2-3, log from 0 to 4
                > read 2
                read 2-3, log from 0 to 4
                > state
                log from 0 to 4, flushed to 4, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void anAppendFromWithinAnotherMayBeTheOneThatFails() {
        Transcript.budgetOf(10000).reads("""
                > produce a 1 acks=1
                begins open
                > open
                opened
                a placed
                a at 0-0
                begins flush
                > flush
                > disk fails-write 1
                > produce b 1 placed=c
                b placed
                starts over: Input/output error
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                c placed
                c refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                begins open
                > open
                opened
                > state
                log from 0 to 2, flushed to 2, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void aFailedReadIsToldAndMayGoWellTheNextTime() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-0
                > disk fails-write
                > produce b 1
                starts over: Input/output error
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                begins open
                > open
                opened
                > read 0
                begins seek
                > disk fails-read
                > seek
                not read: Input/output error
                read KAFKA_STORAGE_ERROR
                > read 0
                begins seek
                > seek
                read 0-0, log from 0 to 1
                """);
    }

    @Test
    void aFullDiskRefusesWritesServesReadsAndRecovers() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-0
                > disk full
                > produce b 1
                starts over: No space left on device
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                begins open
                > open
                opened
                > read 0
                begins seek
                > seek
                read 0-0, log from 0 to 1
                > produce b 1
                b placed
                b refused KAFKA_STORAGE_ERROR: a write failed a moment ago
                > wait 1000
                > produce b 1
                starts over: No space left on device
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                begins open
                > open
                opened
                > disk roomy
                > wait 1000
                > produce b 1
                b placed
                begins flush
                > flush
                b at 1-1
                > state
                log from 0 to 2, flushed to 2, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void aLogThatCannotBeOpenedIsTriedAgainAfterAPause() {
        Transcript.durable().reads("""
                > disk full
                > produce a 1
                begins open
                > read 0
                > open
                not opened: No space left on device
                a placed
                a refused KAFKA_STORAGE_ERROR: the log could not be opened: No space left on device
                read KAFKA_STORAGE_ERROR
                > read 0
                read KAFKA_STORAGE_ERROR
                > wait 1000
                > read 0
                begins open
                > disk roomy
                > open
                opened
                read nothing, log from 0 to 0
                > produce a 1
                a placed
                begins flush
                > flush
                a at 0-0
                """);
    }

    @Test
    void aFailedFsyncTakesThePartitionOfflineAndTellsOfTheDirectory() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1 acks=1
                b placed
                b at 1-1
                > watch reader
                > disk fails-sync
                > flush
                a refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                reader woken
                offline: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                directory failed
                > produce c 1
                c placed
                c refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                > read 0
                read KAFKA_STORAGE_ERROR
                > watch late
                late woken
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void aFailedFsyncIsHeardAlsoWhenItsFlushIsNotWaitedForAnyMore() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > disk fails-write
                > produce b 1
                starts over: Input/output error
                a refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                > produce c 1
                c placed
                c refused KAFKA_STORAGE_ERROR: a write failed a moment ago
                > read 0
                > disk fails-sync
                > flush
                read KAFKA_STORAGE_ERROR
                offline: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                directory failed
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void aFailedFsyncWhileALogIsOpenedFailsTheDirectory() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > disk fails-sync
                > open
                a placed
                a refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/partition.metadata.tmp failed: Input/output error
                offline: fsync of /data/topic-0/partition.metadata.tmp failed: Input/output error
                directory failed
                > read 0
                read KAFKA_STORAGE_ERROR
                """);
    }

    @Test
    void aDamagedBatchTakesItsPartitionOfflineAndNoOther() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > produce x 1 on q
                begins open on q
                > open on q
                opened on q
                x placed
                begins flush on q
                > rest
                a at 0-0
                > rest on q
                x at 0-0
                > disk fails-write
                > produce b 1
                starts over: Input/output error
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                begins open
                > open
                opened
                > disk rots 70
                > read 0
                begins seek
                > watch reader
                > seek
                reader woken
                offline: /data/topic-0/00000000000000000000.log is damaged at byte 0 (offset 0): the checksum of the batch does not match
                read KAFKA_STORAGE_ERROR
                > read 0
                read KAFKA_STORAGE_ERROR
                > produce c 1
                c placed
                c refused KAFKA_STORAGE_ERROR: /data/topic-0/00000000000000000000.log is damaged at byte 0 (offset 0): the checksum of the batch does not match
                > produce y 1 on q
                y placed
                begins flush on q
                > flush on q
                y at 1-1
                > read 0 on q
                read 0-0 1-1, log from 0 to 2 on q
                """);
    }

    @Test
    void damageThatIsFoundInALogThatWasLeftIsNotHeldAgainstItsSuccessor() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-0
                > disk fails-write
                > produce b 1
                starts over: Input/output error
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                begins open
                > open
                opened
                > disk rots 70
                > read 0
                begins seek
                > run seek
                > disk rots 70
                > wait 1000
                > disk fails-write
                > produce b 1
                starts over: Input/output error
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                > tell seek
                read KAFKA_STORAGE_ERROR
                begins open
                > open
                opened
                > read 0
                begins seek
                > seek
                read 0-0, log from 0 to 1
                """);
    }

    @Test
    void aReadThatIsUnderWayWhenTheLogIsLeftIsAnswered() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-0
                > disk fails-write
                > produce b 1
                starts over: Input/output error
                b placed
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                begins open
                > open
                opened
                > read 0 hold=slice
                begins seek
                > wait 1000
                > disk fails-write
                > produce c 1
                starts over: Input/output error
                c placed
                c refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                > seek
                read 0-0, log from 0 to 1
                begins open
                > open
                opened
                > content slice
                slice is 0-0
                > state
                log from 0 to 1, flushed to 1, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void appendsThatWaitForARollAreRefusedWhenItFails() {
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
                > produce d 2
                > disk full
                > roll
                starts over: No space left on device
                a refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                b refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                c placed
                c refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                d placed
                d refused KAFKA_STORAGE_ERROR: the log failed: No space left on device
                > flush
                begins open
                > disk roomy
                > open
                opened
                > state
                log from 0 to 4, flushed to 4, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void aSegmentThatWasRolledForALeaderThatIsGoneLeavesNoFileOpen() {
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
                > disk fails-sync
                > flush
                a refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                b refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                c placed
                c refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                offline: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                directory failed
                > roll
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void whatIsTakenFromTheBudgetIsGivenBackByAFailure() {
        Transcript.budgetOf(100).reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1
                b placed
                > produce c 1
                > produce x 1 on q
                begins open on q
                > open on q
                opened on q
                > disk fails-write
                > flush
                a at 0-0
                starts over: Input/output error
                b refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                c placed
                c refused KAFKA_STORAGE_ERROR: the log failed: Input/output error
                x placed
                begins flush on q
                begins open
                > state
                no log; unflushed 78; open files 1
                > flush on q
                x at 0-0
                > state
                no log; unflushed 0; open files 1
                """);
    }
}
