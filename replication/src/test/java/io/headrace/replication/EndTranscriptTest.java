package io.headrace.replication;

import io.headrace.log.LogConfig;
import org.junit.jupiter.api.Test;

/** How a partition is closed, and how it is deleted, whatever it is doing at the time. */
class EndTranscriptTest {

    /** Two batches of two records of 100 bytes fill a segment. */
    private static final LogConfig SMALL_SEGMENTS = LogConfig.defaults().with(draft -> {
        draft.segmentBytes = 650;
        draft.fileDeleteDelayMs = 1000;
    });

    @Test
    void aPartitionThatWasNeverAskedForIsClosedAtOnce() {
        Transcript.durable().reads("""
                > close
                closed cleanly
                > produce a 1
                a placed
                a refused NOT_LEADER_OR_FOLLOWER: the partition is closed or deleted
                > read 0
                read NOT_LEADER_OR_FOLLOWER
                """);
    }

    @Test
    void closingFlushesAndAnswersFirst() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1
                b placed
                > watch reader
                > watch left
                > close
                > unwatch left
                > produce c 1
                c placed
                c refused NOT_LEADER_OR_FOLLOWER: the partition is closed or deleted
                > read 0
                read NOT_LEADER_OR_FOLLOWER
                > delete-records 0
                not deleted: NOT_LEADER_OR_FOLLOWER
                > flush
                a at 0-0
                reader woken
                begins flush
                > flush
                b at 1-1
                begins seal
                > seal
                closed cleanly at 2
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void closingWaitsForTheLogToOpenAndForWhatCameBefore() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > close
                > produce b 1
                > open
                opened
                a placed
                begins flush
                b placed
                b refused NOT_LEADER_OR_FOLLOWER: the partition is closed or deleted
                > flush
                a at 0-0
                begins seal
                > seal
                closed cleanly at 1
                """);
    }

    @Test
    void closingWaitsForRollsAndForTheBudget() {
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
                > close
                > flush
                a at 0-1
                begins flush
                > flush
                b at 2-3
                > roll
                c placed
                begins flush
                > flush
                c at 4-5
                begins seal
                > seal
                closed cleanly at 6
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void closingWaitsForBytesThatOthersHaveToFlush() {
        Transcript.budgetOf(100).reads("""
                > produce x 1 bytes=100 on q
                begins open on q
                > open on q
                opened on q
                x placed
                begins flush on q
                > produce a 1 bytes=2000000
                begins open
                > open
                opened
                > close
                > flush on q
                x at 0-0
                a placed
                a refused MESSAGE_TOO_LARGE: a batch of 2000074 bytes; max.message.bytes takes 1048588
                begins seal
                > seal
                closed cleanly at 0
                """);
    }

    @Test
    void withVisibilityWrittenClosingFlushesToo() {
        Transcript.written(Long.MAX_VALUE).reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                a at 0-0
                > close
                begins flush
                > flush
                begins seal
                > seal
                closed cleanly at 1
                """);
    }

    @Test
    void aLogThatCannotBeFlushedIsNotClosedCleanly() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > close
                > disk fails-sync
                > flush
                a refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                closed uncleanly
                offline: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                directory failed
                > produce b 1
                b placed
                b refused KAFKA_STORAGE_ERROR: fsync of /data/topic-0/00000000000000000000.log failed: Input/output error
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void aLogThatCannotBeSealedIsNotClosedCleanly() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-0
                > close
                begins seal
                > disk full
                > seal
                starts over: No space left on device
                closed uncleanly
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void anOfflineOrUnopenedLogIsNotClosedCleanly() {
        Transcript.durable().reads("""
                > disk full
                > read 0
                begins open
                > open
                not opened: No space left on device
                read KAFKA_STORAGE_ERROR
                > close
                closed uncleanly
                > disk roomy
                > produce x 1 on q
                begins open on q
                > open on q
                opened on q
                x placed
                begins flush on q
                > disk fails-sync
                > flush on q
                x refused KAFKA_STORAGE_ERROR: fsync of /data/topic-1/00000000000000000000.log failed: Input/output error
                offline on q: fsync of /data/topic-1/00000000000000000000.log failed: Input/output error
                directory failed on q
                > close on q
                closed uncleanly on q
                """);
    }

    @Test
    void deletingTellsEverybodyAndWaitsForTheDisk() {
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
                > watch reader
                > delete
                a refused NOT_LEADER_OR_FOLLOWER: the topic was deleted
                b refused NOT_LEADER_OR_FOLLOWER: the topic was deleted
                c placed
                c refused NOT_LEADER_OR_FOLLOWER: the topic was deleted
                reader woken
                > read 0
                read NOT_LEADER_OR_FOLLOWER
                > produce d 1
                d placed
                d refused NOT_LEADER_OR_FOLLOWER: the partition is closed or deleted
                > roll
                > flush
                untouched
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void deletingWhileTheLogIsOpenedLetsGoOfIt() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > read 0
                > delete
                a placed
                a refused NOT_LEADER_OR_FOLLOWER: the partition is closed or deleted
                read NOT_LEADER_OR_FOLLOWER
                > open
                untouched
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void deletingAPartitionThatIsBeingClosedEndsTheClosing() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-0
                > close
                begins seal
                > delete
                closed uncleanly
                > seal
                untouched
                > state
                no log; unflushed 0; open files 0
                """);
    }

    @Test
    void deletingAPartitionThatWasNeverAskedFor() {
        Transcript.durable().reads("""
                > delete
                untouched
                > read 0
                read NOT_LEADER_OR_FOLLOWER
                > close
                closed cleanly
                """);
    }
}
