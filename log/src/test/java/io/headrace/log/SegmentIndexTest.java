package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testing.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Searching the index, in memory and in its files, finds what walking through all entries finds. */
class SegmentIndexTest {

    private static final Path DIRECTORY = Path.of("/log");
    private static final long BASE = 5_000;
    private static final int INTERVAL = 100;

    private record Entry(long offset, int position) {}

    private record TimeEntry(long timestamp, long offset) {}

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSearchFindsWhatALinearSearchFinds(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        MemoryDisk disk = new MemoryDisk();
        disk.createDirectories(DIRECTORY);
        SegmentIndex index = SegmentIndex.empty(BASE);
        List<Entry> entries = new ArrayList<>();
        List<TimeEntry> times = new ArrayList<>();
        long maxTimestamp = -1;
        long offsetOfMax = BASE;
        long offset = BASE;
        int position = 0;
        int batches = 200 + random.nextInt(12_000);
        for (int i = 0; i < batches; i++) {
            long lastOffset = offset + random.nextInt(5);
            long timestamp = 1_000 + 10L * i - random.nextInt(2_000);
            if (timestamp > maxTimestamp) {
                maxTimestamp = timestamp;
                offsetOfMax = lastOffset;
            }
            if (position - (entries.isEmpty() ? 0 : entries.getLast().position()) > INTERVAL) {
                entries.add(new Entry(lastOffset, position));
                if (maxTimestamp > (times.isEmpty() ? -1 : times.getLast().timestamp())) {
                    times.add(new TimeEntry(maxTimestamp, offsetOfMax));
                }
            }
            index.append(lastOffset, position, timestamp, INTERVAL);
            offset = lastOffset + 1;
            position += 70 + random.nextInt(200);
            if (random.nextInt(1_000) == 0) {
                IndexSave save = index.unsaved();
                save.write(disk, DIRECTORY, random.nextBoolean());
                index.saved(save);
            }
        }
        assertMemoryAgrees(index, entries, times, random, offset, position);

        IndexSave rest = index.rest();
        rest.write(disk, DIRECTORY, true);
        index.saved(rest);
        if (maxTimestamp > times.getLast().timestamp()) {
            times.add(new TimeEntry(maxTimestamp, offsetOfMax));
        }
        assertFilesAgree(disk, entries, times, random, offset);
    }

    private static void assertMemoryAgrees(
            SegmentIndex index,
            List<Entry> entries,
            List<TimeEntry> times,
            SplittableRandom random,
            long endOffset,
            int endPosition) {
        int answered = 0;
        for (int i = 0; i < 200; i++) {
            long target = random.nextLong(BASE, endOffset);
            int found = index.floorPosition(target);
            if (found != SegmentIndex.NONE) {
                answered++;
                assertThat(found).isEqualTo(floor(entries, target));
            }
            int at = random.nextInt(endPosition);
            int boundary = index.floorBoundary(at);
            if (boundary != SegmentIndex.NONE) {
                assertThat(boundary).isEqualTo(floorBoundary(entries, at));
            }
            long timestamp = random.nextLong(times.getLast().timestamp() + 100);
            int byTime = index.floorPositionOfTime(timestamp);
            if (byTime != SegmentIndex.NONE) {
                assertThat(byTime).isEqualTo(floor(entries, floorOffset(times, timestamp)));
            }
        }
        assertThat(answered).isPositive();
    }

    private static void assertFilesAgree(
            MemoryDisk disk, List<Entry> entries, List<TimeEntry> times, SplittableRandom random, long endOffset)
            throws IOException {
        try (IndexFile offsets = IndexFile.offsets(disk, DIRECTORY, BASE, Integer.MAX_VALUE);
                IndexFile byTime = IndexFile.times(disk, DIRECTORY, BASE, Integer.MAX_VALUE)) {
            assertThat(offsets.entries()).isEqualTo(entries.size());
            assertThat(offsets.risingEntries()).isEqualTo(entries.size());
            assertThat(byTime.entries()).isEqualTo(times.size());
            assertThat(byTime.risingEntries()).isEqualTo(times.size());
            for (int i = 0; i < 200; i++) {
                long target = random.nextLong(BASE, endOffset);
                int slot = offsets.floor(target - BASE);
                assertThat(slot < 0 ? 0 : offsets.value(slot)).isEqualTo(floor(entries, target));
                long timestamp = random.nextLong(times.getLast().timestamp() + 100);
                slot = byTime.floor(timestamp);
                assertThat(slot < 0 ? BASE : BASE + byTime.value(slot)).isEqualTo(floorOffset(times, timestamp));
            }
        }
    }

    private static int floor(List<Entry> entries, long offset) {
        int position = 0;
        for (Entry entry : entries) {
            position = entry.offset() <= offset ? entry.position() : position;
        }
        return position;
    }

    private static int floorBoundary(List<Entry> entries, int at) {
        int position = 0;
        for (Entry entry : entries) {
            position = entry.position() <= at ? entry.position() : position;
        }
        return position;
    }

    private static long floorOffset(List<TimeEntry> times, long timestamp) {
        long offset = BASE;
        for (TimeEntry entry : times) {
            offset = entry.timestamp() <= timestamp ? entry.offset() : offset;
        }
        return offset;
    }
}
