package io.headrace.log;

import io.headrace.log.BatchScanner.Order;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Completes or forgets what a crash interrupted of {@link SegmentReplacement}s, our own or Kafka's, before anything else looks
 * at the files. Runs on a disk thread.
 */
final class InterruptedReplacements {

    private InterruptedReplacements() {}

    /** The names in the directory afterwards: there is no {@code .swap} nor {@code .cleaned}, and no two segments overlap. */
    static List<String> settle(LogFiles files) throws IOException {
        List<String> names = files.disk().list(files.directory());
        TreeSet<Long> segments = new TreeSet<>();
        TreeSet<Long> swaps = new TreeSet<>();
        long firstCleaned = Long.MAX_VALUE;
        for (String name : names) {
            addIfOf(name, FileNames.LOG, segments);
            addIfOf(name, FileNames.LOG + FileNames.SWAP, swaps);
            long cleaned = FileNames.offsetOf(name, FileNames.LOG + FileNames.CLEANED);
            firstCleaned = cleaned < 0 ? firstCleaned : Math.min(firstCleaned, cleaned);
        }
        // Kafka may replace a segment by several, renames the last first, and means none of them before the first is
        // there.
        for (long baseOffset : swaps.headSet(firstCleaned)) {
            complete(files, baseOffset, segments);
        }
        boolean interrupted = false;
        for (String name : names) {
            if (name.endsWith(FileNames.SWAP) || name.endsWith(FileNames.CLEANED)) {
                files.disk().delete(files.directory().resolve(name));
                interrupted = true;
            }
        }
        if (!interrupted) {
            return names;
        }
        Durable.syncDirectory(files.disk(), files.directory());
        return files.disk().list(files.directory());
    }

    private static void addIfOf(String name, String suffix, NavigableSet<Long> offsets) {
        long offset = FileNames.offsetOf(name, suffix);
        if (offset >= 0) {
            offsets.add(offset);
        }
    }

    /** Segments that begin behind the last batch that was kept stay: what they hold is older, not wrong. */
    private static void complete(LogFiles files, long baseOffset, NavigableSet<Long> segments) throws IOException {
        Durable.syncDirectory(files.disk(), files.directory());
        long nextOffset = nextOffset(files, baseOffset);
        List<Long> others =
                new ArrayList<>(segments.subSet(baseOffset, false, Math.max(nextOffset, baseOffset + 1), false));
        SegmentReplacement.complete(files, baseOffset, others);
    }

    private static long nextOffset(LogFiles files, long baseOffset) throws IOException {
        Path path = files.path(baseOffset, FileNames.LOG + FileNames.SWAP);
        try (DiskFile file = files.disk().open(path)) {
            int size = (int) Math.min(file.size(), Integer.MAX_VALUE);
            BatchScanner batches =
                    new BatchScanner(file, path, Order.RISING, baseOffset, 0, size, Limits.HEADER_WINDOW_BYTES);
            long nextOffset = baseOffset;
            while (batches.next()) {
                nextOffset = batches.batch().nextOffset();
            }
            if (batches.damage() != null) {
                throw batches.damaged();
            }
            return nextOffset;
        }
    }
}
