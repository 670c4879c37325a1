package io.headrace.log;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Where the transactions of one log began that are not over, and those whose markers readers cannot see yet: the lowest of
 * these offsets bounds what a read_committed reader sees. Belongs to the owner of the log.
 */
final class OpenTransactions {

    private static final long NONE = Long.MAX_VALUE;

    /** First offset to producer id. */
    private final NavigableMap<Long, Long> ongoing = new TreeMap<>();

    /** First offset to the offset of the marker. */
    private final NavigableMap<Long, Long> ended = new TreeMap<>();

    void begin(long firstOffset, long producerId) {
        ongoing.put(firstOffset, producerId);
    }

    void end(long firstOffset, long markerOffset) {
        ongoing.remove(firstOffset);
        ended.put(firstOffset, markerOffset);
    }

    /** The last stable offset once the marker of the producer's transaction is visible. */
    long lastStableAfter(long producerId, long markerOffset) {
        for (Map.Entry<Long, Long> transaction : ongoing.entrySet()) {
            if (transaction.getValue() != producerId) {
                return transaction.getKey();
            }
        }
        return markerOffset + 1;
    }

    /** First offset of the first transaction whose end is not below the high watermark; {@code Long.MAX_VALUE} if none. */
    long firstUnstable(long highWatermark) {
        if (!ended.isEmpty()) {
            ended.values().removeIf(markerOffset -> markerOffset < highWatermark);
        }
        return Math.min(firstOf(ended), firstOf(ongoing));
    }

    private static long firstOf(NavigableMap<Long, Long> transactions) {
        return transactions.isEmpty() ? NONE : transactions.firstKey();
    }

    void clear() {
        ongoing.clear();
        ended.clear();
    }
}
