package io.headrace.replication;

import org.junit.jupiter.api.Test;

/** What a producer and a reader see of one partition while nothing fails. */
class AppendTranscriptTest {

    @Test
    void acksSayWhenAProducerIsTold() {
        Transcript.durable().reads("""
                > produce nobody 1 acks=0
                begins open
                > produce hasty 2 acks=1
                > produce careful 3 acks=all
                > open
                opened
                nobody placed
                nobody at 0-0
                begins flush
                hasty placed
                hasty at 1-2
                careful placed
                > flush
                begins flush
                > flush
                careful at 3-5
                """);
    }

    @Test
    void batchesThatComeDuringAFlushShareTheNext() {
        Transcript.durable().reads("""
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 1
                b placed
                > produce c 1
                c placed
                > flush
                a at 0-0
                begins flush
                > flush
                b at 1-1
                c at 2-2
                > state
                log from 0 to 3, flushed to 3, recovery point 0; unflushed 0; open files 1
                """);
    }

    @Test
    void whatIsNotFlushedIsNotRead() {
        Transcript.durable().reads("""
                > produce a 2
                begins open
                > open
                opened
                a placed
                begins flush
                > read 0
                read nothing, log from 0 to 0
                > flush
                a at 0-1
                > produce b 1
                b placed
                begins flush
                > read 0
                read 0-1, log from 0 to 2
                > read 1
                read 0-1, log from 0 to 2
                > read 2
                read nothing, log from 0 to 2
                > read 3
                read nothing, log from 0 to 2
                > read 4
                read OFFSET_OUT_OF_RANGE
                > flush
                b at 2-2
                > read 2
                read 2-2, log from 0 to 3
                """);
    }

    @Test
    void aReadTakesWholeBatchesUpToItsLimit() {
        Transcript.durable().reads("""
                > produce a 2 bytes=100
                begins open
                > open
                opened
                a placed
                begins flush
                > produce b 2 bytes=100
                b placed
                > produce c 2 bytes=100
                c placed
                > rest
                a at 0-1
                begins flush
                b at 2-3
                c at 4-5
                > read 0 max=600
                read 0-1 2-3, log from 0 to 6
                > read 1 max=1
                read 0-1, log from 0 to 6
                > read 6
                read nothing, log from 0 to 6
                """);
    }

    @Test
    void aReaderAtTheEndIsWokenOnceByTheHighWatermark() {
        Transcript.durable().reads("""
                > watch early
                early woken
                > produce a 1
                begins open
                > open
                opened
                a placed
                begins flush
                > watch reader
                > watch left
                > produce b 1
                b placed
                > unwatch left
                > flush
                a at 0-0
                reader woken
                begins flush
                > flush
                b at 1-1
                """);
    }

    @Test
    void aBatchThatIsSentAgainWaitsForTheFlushOfTheFirst() {
        Transcript.durable().reads("""
                > produce first 2 producer=7 seq=0
                begins open
                > open
                opened
                first placed
                begins flush
                > produce again 2 producer=7 seq=0
                again placed
                > produce hastily 2 producer=7 seq=0 acks=1
                hastily placed
                hastily again at 0-1
                > flush
                first at 0-1
                again again at 0-1
                > produce late 2 producer=7 seq=0
                late placed
                late again at 0-1
                """);
    }

    @Test
    void aRefusalWaitsForTheBatchesThatItRestsOn() {
        Transcript.durable().reads("""
                > produce first 2 producer=7 seq=0
                begins open
                > open
                opened
                first placed
                begins flush
                > produce gap 1 producer=7 seq=5
                gap placed
                > flush
                first at 0-1
                gap refused OUT_OF_ORDER_SEQUENCE_NUMBER: sequence 5 of producer 7 in epoch 0 came where 2 was due
                > produce gap 1 producer=7 seq=5
                gap placed
                gap refused OUT_OF_ORDER_SEQUENCE_NUMBER: sequence 5 of producer 7 in epoch 0 came where 2 was due
                """);
    }

    @Test
    void aQuestionIsAnsweredAsOfTheTimeItWasAsked() {
        Transcript.durable().reads("""
                > produce a 1 producer=7 seq=0
                begins open
                > open
                opened
                a placed
                begins flush
                > producers
                > produce b 1 producer=8 seq=0
                b placed
                > flush
                a at 0-0
                producers: 1
                begins flush
                > flush
                b at 1-1
                > producers
                producers: 2
                """);
    }

    @Test
    void whoIsAnsweredMayComeBackFromWithinTheAnswer() {
        Transcript.durable().reads("""
                > produce a 1 acks=1 done=b
                begins open
                > open
                opened
                a placed
                a at 0-0
                b placed
                b at 1-1
                begins flush
                > produce c 1 acks=all done=d
                c placed
                > rest
                begins flush
                c at 2-2
                d placed
                begins flush
                d at 3-3
                > read 0
                read 0-0 1-1 2-2 3-3, log from 0 to 4
                """);
    }

    @Test
    void withVisibilityWrittenTheHighWatermarkIsTheLogEnd() {
        Transcript.written(Long.MAX_VALUE).reads("""
                > produce a 2
                begins open
                > open
                opened
                a placed
                a at 0-1
                > read 0
                read 0-1, log from 0 to 2
                > state
                log from 0 to 2, flushed to 0, recovery point 0; unflushed 95; open files 1
                > checkpoint
                begins flush
                > flush
                > state
                log from 0 to 2, flushed to 2, recovery point 2; unflushed 0; open files 1
                """);
    }

    @Test
    void aCheckpointMovesTheRecoveryPoint() {
        Transcript.durable().reads("""
                > produce a 2
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-1
                > state
                log from 0 to 2, flushed to 2, recovery point 0; unflushed 0; open files 1
                > checkpoint
                begins flush
                > checkpoint
                > flush
                > state
                log from 0 to 2, flushed to 2, recovery point 2; unflushed 0; open files 1
                """);
    }

    @Test
    void recordsAreDeletedUpToTheHighWatermarkOnly() {
        Transcript.durable().reads("""
                > produce a 2
                begins open
                > open
                opened
                a placed
                begins flush
                > flush
                a at 0-1
                > watch reader
                > delete-records 3
                not deleted: OFFSET_OUT_OF_RANGE
                > delete-records 1
                reader woken
                log from 1
                > read 0
                read OFFSET_OUT_OF_RANGE
                > read 1
                read 0-1, log from 1 to 2
                > delete-records -1
                log from 2
                begins roll
                > delete-records 0
                log from 2
                """);
    }

    @Test
    void recordsThatAProducerWasToldOfAreDeletedOnceTheyAreFlushed() {
        Transcript.durable().reads("""
                > produce hasty 2 acks=1
                begins open
                > open
                opened
                hasty placed
                hasty at 0-1
                begins flush
                > watch reader
                > delete-records 3
                > delete-records 1
                > delete-records -1
                > flush
                not deleted: OFFSET_OUT_OF_RANGE
                reader woken
                log from 1
                log from 2
                begins roll
                """);
    }

    @Test
    void whoAsksForTheLatestOffsetIsToldOfAllThatAProducerWasToldOf() {
        Transcript.durable().reads("""
                > produce hasty 2 acks=1
                begins open
                > open
                opened
                hasty placed
                hasty at 0-1
                begins flush
                > latest
                > produce later 1 acks=1
                later placed
                later at 2-2
                > flush
                latest 2
                begins flush
                > latest
                > flush
                latest 3
                > latest
                latest 3
                """);
    }

    @Test
    void aNewConfigurationHoldsForTheNextAppendAlsoIfTheLogIsNotOpenYet() {
        Transcript.durable().reads("""
                > configure max.message.bytes=100
                > produce large 1 bytes=200
                begins open
                > open
                opened
                large placed
                large refused MESSAGE_TOO_LARGE: a batch of 270 bytes; max.message.bytes takes 100
                > configure max.message.bytes=1000
                > produce fits 1 bytes=200
                fits placed
                begins flush
                > flush
                fits at 0-0
                """);
    }
}
