package io.headrace.simulation.durability;

import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.replication.Visibility;
import io.headrace.simulation.SeededRandomness;
import io.headrace.simulation.Trouble;
import org.apache.kafka.common.Uuid;

/**
 * What a seed has in store for a run as a whole; everything else is chosen on the way.
 *
 * @param unflushedBytesAtMost beyond which appends have to wait
 * @param checkpointBytes after so many flushed bytes the recovery points follow
 * @param lives of the broker, each ended by a power loss, a kill or a stop
 * @param stepsPerLife at most
 */
record Plan(
        int partitions,
        LogConfig config,
        long unflushedBytesAtMost,
        boolean recordsAreDeleted,
        Trouble trouble,
        Visibility visibility,
        long checkpointBytes,
        int lives,
        int stepsPerLife) {

    private static final String TOPIC = "flights";
    private static final int LEAST_SEGMENT_BYTES = 2500;
    private static final int MOST_SEGMENT_BYTES = 8000;
    private static final int MOST_INDEX_INTERVAL_BYTES = 2000;
    private static final long RETENTION_MS = 2000;

    static Plan choose(SeededRandomness random, Visibility visibility) {
        LogConfig config = LogConfig.defaults().with(draft -> choose(random, draft));
        return new Plan(
                random.between(1, 2),
                config,
                random.coin() ? Long.MAX_VALUE : random.between(500, 5000),
                random.oneIn(3),
                Trouble.choose(random),
                visibility,
                random.coin() ? Long.MAX_VALUE : random.between(500, 20_000),
                random.between(2, 6),
                random.between(30, 300));
    }

    private static void choose(SeededRandomness random, LogConfig.Draft config) {
        config.segmentBytes = random.between(LEAST_SEGMENT_BYTES, MOST_SEGMENT_BYTES);
        config.segmentIndexBytes = random.between(4, 40) * 12;
        config.indexIntervalBytes = random.between(1, MOST_INDEX_INTERVAL_BYTES);
        config.producerIdExpirationMs = Integer.MAX_VALUE;
        config.fileDeleteDelayMs = random.below(2000);
        config.retentionMs = random.oneIn(4) ? RETENTION_MS : -1;
        config.retentionBytes = random.oneIn(4) ? 2L * config.segmentBytes : -1;
    }

    LogIdentity identity(int partition) {
        return new LogIdentity(TOPIC, new Uuid(1, 1), partition);
    }

    boolean retains() {
        return config.retentionMs() < 0 && config.retentionBytes() < 0;
    }
}
