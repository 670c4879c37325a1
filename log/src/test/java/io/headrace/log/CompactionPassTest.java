package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.CompactionPass.Progress;
import io.headrace.testing.MemoryDisk;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A log before and after a compaction. A batch reads {@code first-last: offset key=value ...}; a tombstone has no value.
 */
class CompactionPassTest {

    private static final long DELETE_RETENTION_MS = 1_000;
    private static final LogConfig CONFIG = LogConfig.defaults().with(change -> {
        change.compacts = true;
        change.deletes = false;
        change.indexIntervalBytes = 64;
        change.deleteRetentionMs = DELETE_RETENTION_MS;
    });

    private final MemoryDisk disk = new MemoryDisk();
    private final BatchBuilder builder = new BatchBuilder();
    private LogDriver driver;

    @BeforeEach
    void create() throws IOException {
        driver = LogDriver.created(disk, CONFIG);
    }

    @Test
    void ofEveryKeyTheLastRecordStays() throws IOException {
        append("a=1 b=1 c=1");
        append("b=2");
        append("a=2 d=1");
        driver.roll();
        append("c=2");

        compact();

        assertThat(log()).containsExactly("0-2: 2 c=1", "3-3: 3 b=2", "4-5: 4 a=2 5 d=1", "6-6: 6 c=2");
        assertThat(driver.log.logStartOffset()).isZero();
        assertThat(driver.log.cleanedUpTo()).isEqualTo(6);
    }

    @Test
    void aTombstoneStaysUntilItsHorizonHasPassed() throws IOException {
        append("a=1 b=1");
        append("a=");
        driver.roll();
        compact();
        assertThat(log()).containsExactly("0-1: 1 b=1", "2-2: 2 a=");

        append("c=1");
        driver.roll();
        driver.time.pass(DELETE_RETENTION_MS - 1);
        compact();
        assertThat(log()).containsExactly("0-1: 1 b=1", "2-2: 2 a=", "3-3: 3 c=1");

        append("d=1");
        driver.roll();
        driver.time.pass(1);
        compact();
        assertThat(log()).containsExactly("0-1: 1 b=1", "3-3: 3 c=1", "4-4: 4 d=1");
    }

    @Test
    void recordsWithoutKeysGoAndTheLastBatchOfTheLogStays() throws IOException {
        append("a=1");
        builder.append(driver.time.wallMs(), null, bytes("from before it was compacted"));
        driver.follow(builder.build(1, 0));
        driver.roll();
        compact();
        assertThat(log()).containsExactly("0-0: 0 a=1", "1-1:");

        append("b=1");
        driver.roll();
        compact();
        assertThat(log()).containsExactly("0-0: 0 a=1", "2-2: 2 b=1");
    }

    @Test
    void theLastBatchOfAProducerStaysEvenIfEmpty() throws IOException {
        builder.producer(7, (short) 3, 41);
        append("a=1 b=1");
        append("a=2 b=2");
        driver.roll();

        compact();

        assertThat(log()).containsExactly("0-1:", "2-3: 2 a=2 3 b=2");
        restartWithoutSnapshots();
        ProducerEntry producer = driver.log.producers().entries().getFirst();
        assertThat(producer.lastSequence()).isEqualTo(42);
        assertThat(producer.epoch()).isEqualTo((short) 3);
    }

    @Test
    void abortedRecordsGoAndTheirMarkerWhenItsHorizonHasPassed() throws IOException {
        appendInTransaction("a=kept");
        end(true, 0);
        appendInTransaction("a=aborted b=aborted");
        end(false, 0);
        append("c=1");
        driver.roll();
        compact();
        assertThat(log()).containsExactly("0-0: 0 a=kept", "1-1: marker", "2-3:", "4-4: marker", "5-5: 5 c=1");

        append("d=1");
        driver.roll();
        compact();
        driver.time.pass(DELETE_RETENTION_MS);
        driver.log.producers().clear();
        append("e=1");
        driver.roll();
        compact();
        assertThat(log()).startsWith("0-0: 0 a=kept", "1-1: marker", "4-4: marker", "5-5: 5 c=1");

        append("f=1");
        driver.roll();
        compact();
        driver.time.pass(DELETE_RETENTION_MS);
        append("g=1");
        driver.roll();
        compact();
        assertThat(log()).startsWith("0-0: 0 a=kept", "1-1: marker", "5-5: 5 c=1");
    }

    @Test
    void segmentsThatHaveBecomeSmallBecomeOne() throws IOException {
        for (int i = 0; i < 5; i++) {
            append("a=" + i);
            driver.roll();
        }

        compact();

        assertThat(log()).containsExactly("4-4: 4 a=4");
        assertThat(disk.list(driver.directory))
                .filteredOn(name -> name.endsWith(".log"))
                .hasSize(2);
        assertThat(disk.list(driver.directory)).noneMatch(name -> name.endsWith(".swap") || name.endsWith(".cleaned"));
    }

    @Test
    void anOffsetThatIsNoMoreLeadsToTheNextOne() throws IOException {
        for (int i = 0; i < 4; i++) {
            append("a=" + i);
            driver.time.pass(10);
        }
        driver.roll();
        long lastMs = driver.time.wallMs();
        append("b=1");
        append("c=1");
        driver.roll();
        append("b=2");
        compact();

        assertThat(log()).containsExactly("3-3: 3 a=3", "4-4: 4 b=1", "5-5: 5 c=1", "6-6: 6 b=2");
        assertThat(LogDriver.baseOffset(ByteBuffer.wrap(driver.read(1, 1, true, 7))))
                .isEqualTo(3);
        assertThat(driver.log.timestampLookup(0, 7).run().offset()).isEqualTo(3);
        assertThat(driver.log.timestampLookup(lastMs, 7).run().offset()).isEqualTo(4);
        restartWithoutSnapshots();
        assertThat(log()).containsExactly("3-3: 3 a=3", "4-4: 4 b=1", "5-5: 5 c=1", "6-6: 6 b=2");
    }

    @Test
    void aSliceOfAnOldSegmentStaysReadable() throws IOException {
        append("a=1");
        driver.roll();
        append("a=2");
        driver.roll();
        byte[] before = driver.read(0, 1_000, true, 2);
        try (LogSlice held = driver.slice(0, 1_000, true, 2)) {
            compact();
            assertThat(LogDriver.content(held)).isEqualTo(before);
        }
        assertThat(disk.openFiles()).isEqualTo(1);
    }

    @Test
    void aReadBetweenInstallingAndRenamingFindsTheNewSegment() throws IOException {
        append("a=1");
        driver.roll();
        append("a=2");
        driver.roll();
        driver.checkpoint();
        CompactionPass pass = driver.log.beginCompaction(2, 2, Compaction.AMPLE);
        Progress progress = pass.run();
        while (progress instanceof Progress.Worked) {
            progress = pass.run();
        }
        SegmentReplacement replacement = ((Progress.Ready) progress).replacement();

        assertThat(driver.log.beginReplacement(replacement)).isTrue();
        assertThat(log()).containsExactly("1-1: 1 a=2");
        driver.log.replaced(replacement.run());
        assertThat(log()).containsExactly("1-1: 1 a=2");
    }

    @Test
    void whereTheMapIsFullTheNextPassGoesOn() throws IOException {
        for (int i = 0; i < 6; i++) {
            append("a" + i % 3 + "=" + i);
        }
        driver.roll();
        driver.checkpoint();
        CompactionMemory forFewKeys = new CompactionMemory(0, 0.9);

        assertThat(Compaction.run(driver.log, 6, forFewKeys)).isTrue();
        assertThat(driver.log.cleanedUpTo()).isEqualTo(2);
        while (driver.log.cleanedUpTo() < 6) {
            Compaction.run(driver.log, 6, forFewKeys);
        }
        assertThat(log()).containsExactly("3-3: 3 a0=3", "4-4: 4 a1=4", "5-5: 5 a2=5");
    }

    @Test
    void aLogIsDueByItsShareOfDirtyBytesOrByAge() throws IOException {
        append("a=1");
        driver.roll();
        assertThat(driver.log.compactionNeed(1)).isEqualTo(new CompactionNeed(true, false, 1));
        compact();
        assertThat(driver.log.compactionNeed(1)).isEqualTo(CompactionNeed.NONE);

        for (int i = 0; i < 3; i++) {
            append("b=1");
        }
        driver.roll();
        driver.checkpoint();
        assertThat(driver.log.compactionNeed(4)).isEqualTo(new CompactionNeed(true, true, 0.75));
        driver.log.configure(CONFIG.with(change -> change.minDirtyRatio = 0.75));
        assertThat(driver.log.compactionNeed(4).due()).isFalse();
        driver.log.configure(CONFIG.with(change -> {
            change.minDirtyRatio = 0.75;
            change.maxCompactionLagMs = 5_000;
        }));
        driver.time.pass(5_001);
        assertThat(driver.log.compactionNeed(4).due()).isTrue();
        driver.log.configure(CONFIG.with(change -> change.minCompactionLagMs = 10_000));
        assertThat(driver.log.compactionNeed(4)).isEqualTo(CompactionNeed.NONE);
    }

    @Test
    void theActiveSegmentIsRolledInTimeForItsOldestRecord() throws IOException {
        driver.log.configure(CONFIG.with(change -> change.maxCompactionLagMs = 5_000));
        append("a=1");
        driver.time.pass(5_000);
        assertThat(driver.log.rollDue(driver.time.wallMs())).isFalse();
        driver.time.pass(1);
        assertThat(driver.log.rollDue(driver.time.wallMs())).isTrue();

        append("a=2");

        assertThat(disk.list(driver.directory))
                .filteredOn(name -> name.endsWith(".log"))
                .hasSize(2);
    }

    @Test
    void whatRetentionDeletesMeanwhileIsNotPutBack() throws IOException {
        append("a=1");
        driver.roll();
        append("a=2");
        driver.roll();
        driver.checkpoint();
        CompactionPass pass = driver.log.beginCompaction(2, 2, Compaction.AMPLE);
        Progress progress = pass.run();
        while (progress instanceof Progress.Worked) {
            progress = pass.run();
        }
        driver.log.advanceLogStart(1);
        driver.retain();

        assertThat(driver.log.beginReplacement(((Progress.Ready) progress).replacement()))
                .isFalse();
        assertThat(log()).containsExactly("1-1: 1 a=2");
    }

    // ---- what the log is made of

    private void append(String records) throws IOException {
        for (String record : records.split(" ", -1)) {
            int equals = record.indexOf('=');
            String value = record.substring(equals + 1);
            builder.append(
                    driver.time.wallMs(), bytes(record.substring(0, equals)), value.isEmpty() ? null : bytes(value));
        }
        driver.follow(builder.build(driver.log.logEndOffset(), 0));
    }

    private void appendInTransaction(String records) throws IOException {
        builder.producer(9, (short) 0, (int) driver.log.logEndOffset()).transactional();
        append(records);
    }

    private void end(boolean commit, int epoch) throws IOException {
        ByteBuffer marker = new TransactionMarker(9, (short) epoch, 0, commit).batch(driver.time.wallMs());
        RecordBatch batch = new RecordBatch();
        batch.wrap(marker, 0);
        batch.setBaseOffset(driver.log.logEndOffset());
        batch.setLeaderEpoch(0);
        driver.follow(marker);
    }

    private void compact() throws IOException {
        driver.checkpoint();
        Compaction.run(driver.log, driver.log.flushedOffset(), Compaction.AMPLE);
    }

    private void restartWithoutSnapshots() throws IOException {
        driver.close();
        for (String name : disk.list(driver.directory)) {
            if (name.endsWith(FileNames.PRODUCER_SNAPSHOT)) {
                disk.delete(driver.directory.resolve(name));
            }
        }
        driver.load(CONFIG, driver.cleanPoint().cleaned(driver.log.cleanedUpTo()));
    }

    private List<String> log() throws IOException {
        List<String> lines = new ArrayList<>();
        long end = driver.log.logEndOffset();
        for (long offset = driver.log.logStartOffset(); offset < end; ) {
            List<ByteBuffer> batches = LogDriver.batches(driver.read(offset, 1, true, end));
            if (batches.isEmpty()) {
                return lines;
            }
            RecordBatch batch = new RecordBatch();
            batch.wrap(batches.getFirst(), 0);
            lines.add(describe(batch));
            offset = batch.nextOffset();
        }
        return lines;
    }

    private static String describe(RecordBatch batch) {
        StringBuilder line = new StringBuilder(batch.baseOffset() + "-" + batch.lastOffset() + ":");
        RecordCursor records = new RecordCursor();
        records.open(batch);
        while (records.next()) {
            if (batch.isControl()) {
                line.append(" marker");
            } else {
                String value = records.value() == null ? "" : text(records.value());
                line.append(' ')
                        .append(records.offset())
                        .append(' ')
                        .append(text(records.key()))
                        .append('=')
                        .append(value);
            }
        }
        return line.toString();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
