package io.headrace.replication;

import io.headrace.log.LogConfig;
import org.junit.jupiter.api.Test;

/** A log is compacted while it is read, written and closed. */
class CompactionTranscriptTest {

    /** Each batch fills a segment. */
    private static final LogConfig COMPACTED = LogConfig.defaults().with(draft -> {
        draft.segmentBytes = 100;
        draft.compacts = true;
        draft.deletes = false;
    });

    private static final String THREE_BATCHES_OF_ONE_KEY = """
            > produce a 1 key=k
            begins open
            > open
            opened
            a placed
            begins flush
            > flush
            a at 0-0
            > produce b 1 key=k
            begins roll
            > roll
            b placed
            begins flush
            > flush
            b at 1-1
            > produce c 1 key=k
            begins roll
            > roll
            c placed
            begins flush
            > flush
            c at 2-2
            > checkpoint
            begins flush
            > flush
            """;

    @Test
    void filesAreExchangedWhenTheReadsThatBeganBeforeAreBack() {
        Transcript.of(COMPACTED).reads(THREE_BATCHES_OF_ONE_KEY + """
                > compaction
                begins compact
                > compact
                compaction going on
                > compaction
                begins compact
                > compact
                compaction going on
                > compaction
                begins compact
                > compact
                compaction going on
                > read 0 max=1
                begins seek
                > compaction
                begins compact
                > compact
                > read 0 max=1
                begins seek
                > seek
                begins exchange
                read 0-0, log from 0 to 3
                > seek
                read 1-1, log from 0 to 3
                > exchange
                compaction going on
                > compaction
                begins compact
                > compact
                compaction going on
                > compaction
                begins compact
                > compact
                compaction finished
                > compaction
                compaction finished
                """);
    }

    @Test
    void closingEndsACompactionAndLeavesNothingOfIt() {
        Transcript.of(COMPACTED).reads(THREE_BATCHES_OF_ONE_KEY + """
                > compaction
                begins compact
                > close
                > compact
                compaction going on
                begins tidy
                > tidy
                begins seal
                > seal
                closed cleanly at 3
                """);
    }
}
