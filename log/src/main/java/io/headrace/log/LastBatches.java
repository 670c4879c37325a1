package io.headrace.log;

import java.util.Arrays;
import java.util.List;

/**
 * The last batch in a log of each producer that has not been forgotten: compaction keeps it, even without records, so that a
 * log that is read anew knows its producers as before. A copy, as the producers were when a compaction began.
 */
final class LastBatches {

    private final long[] producerIds;
    private final long[] lastOffsets;
    private final short[] epochs;

    /** @param entries ordered by producer id */
    LastBatches(List<ProducerEntry> entries) {
        producerIds = new long[entries.size()];
        lastOffsets = new long[entries.size()];
        epochs = new short[entries.size()];
        for (int i = 0; i < producerIds.length; i++) {
            producerIds[i] = entries.get(i).producerId();
            lastOffsets[i] = entries.get(i).lastOffset();
            epochs[i] = entries.get(i).epoch();
        }
    }

    /** Whether it is the producer's last batch of records or, if the marker of a later epoch came after that, the marker. */
    boolean isLast(long producerId, short epoch, long lastOffset, boolean control) {
        int index = Arrays.binarySearch(producerIds, producerId);
        if (index < 0) {
            return false;
        }
        return lastOffsets[index] >= 0 ? lastOffset == lastOffsets[index] : control && epoch == epochs[index];
    }
}
