package io.headrace.log;

import io.headrace.wire.CompressionCodec;
import java.util.function.Consumer;

/**
 * What a topic's configuration means to one log. Times are milliseconds, sizes bytes; -1 is no limit where Kafka has it so.
 *
 * @param segmentJitterMs a random part of this is taken off {@code segmentMs}, so that not all logs roll at once
 * @param segmentIndexBytes a segment rolls when its index has reached this size
 * @param indexIntervalBytes bytes of log between two index entries
 * @param deletes whether {@code cleanup.policy} holds {@code delete}
 * @param compacts whether {@code cleanup.policy} holds {@code compact}: then every record needs a key
 * @param maxMessageBytes of a batch, as it is stored
 * @param maxDecompressedMessageBytes of one record of a compressed batch
 * @param compression what every batch is stored with, null to keep what the producer chose
 * @param compressionLevel level for {@code compression}, looked at only when a batch is recompressed
 * @param logAppendTime whether records get the time of appending instead of the producer's
 * @param timestampBeforeMaxMs how far a producer's timestamp may lie in the past
 * @param timestampAfterMaxMs how far a producer's timestamp may lie in the future
 * @param producerIdExpirationMs after how long without a batch a producer is forgotten
 * @param minCompactionLagMs compaction leaves a segment alone until its newest record is that old
 * @param maxCompactionLagMs a record is compacted after that time, whatever the share of uncompacted bytes
 * @param minDirtyRatio share of uncompacted bytes, 0 to 1, above which compacting pays
 * @param deleteRetentionMs how long tombstones stay from the compaction on that has taken out what they delete
 */
public record LogConfig(
        int segmentBytes,
        long segmentMs,
        long segmentJitterMs,
        int segmentIndexBytes,
        int indexIntervalBytes,
        long retentionMs,
        long retentionBytes,
        long fileDeleteDelayMs,
        boolean deletes,
        boolean compacts,
        int maxMessageBytes,
        int maxDecompressedMessageBytes,
        CompressionCodec compression,
        int compressionLevel,
        boolean logAppendTime,
        long timestampBeforeMaxMs,
        long timestampAfterMaxMs,
        int producerIdExpirationMs,
        long minCompactionLagMs,
        long maxCompactionLagMs,
        double minDirtyRatio,
        long deleteRetentionMs) {

    private static final long HOUR_MS = 3_600_000L;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final LogConfig DEFAULTS = new LogConfig(
            1 << 30,
            7 * DAY_MS,
            0,
            10 << 20,
            4096,
            7 * DAY_MS,
            -1,
            60_000,
            true,
            false,
            (1 << 20) + 12,
            Integer.MAX_VALUE - 8,
            null,
            0,
            false,
            Long.MAX_VALUE,
            HOUR_MS,
            (int) DAY_MS,
            0,
            Long.MAX_VALUE,
            0.5,
            DAY_MS);

    /** Kafka's defaults. */
    public static LogConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Age in milliseconds at which the active segment is rolled: also in time for its oldest record to be compacted, since the
     * active segment never is.
     */
    long rollMs() {
        return compacts && maxCompactionLagMs > 0 ? Math.min(maxCompactionLagMs, segmentMs) : segmentMs;
    }

    /** A copy with some values changed: {@code config.with(draft -> draft.segmentBytes = 4096)}. */
    public LogConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The values of a configuration while it is being put together. */
    public static final class Draft {
        public int segmentBytes;
        public long segmentMs;
        public long segmentJitterMs;
        public int segmentIndexBytes;
        public int indexIntervalBytes;
        public long retentionMs;
        public long retentionBytes;
        public long fileDeleteDelayMs;
        public boolean deletes;
        public boolean compacts;
        public int maxMessageBytes;
        public int maxDecompressedMessageBytes;
        public CompressionCodec compression;
        public int compressionLevel;
        public boolean logAppendTime;
        public long timestampBeforeMaxMs;
        public long timestampAfterMaxMs;
        public int producerIdExpirationMs;
        public long minCompactionLagMs;
        public long maxCompactionLagMs;
        public double minDirtyRatio;
        public long deleteRetentionMs;

        private Draft(LogConfig from) {
            segmentBytes = from.segmentBytes;
            segmentMs = from.segmentMs;
            segmentJitterMs = from.segmentJitterMs;
            segmentIndexBytes = from.segmentIndexBytes;
            indexIntervalBytes = from.indexIntervalBytes;
            retentionMs = from.retentionMs;
            retentionBytes = from.retentionBytes;
            fileDeleteDelayMs = from.fileDeleteDelayMs;
            deletes = from.deletes;
            compacts = from.compacts;
            maxMessageBytes = from.maxMessageBytes;
            maxDecompressedMessageBytes = from.maxDecompressedMessageBytes;
            compression = from.compression;
            compressionLevel = from.compressionLevel;
            logAppendTime = from.logAppendTime;
            timestampBeforeMaxMs = from.timestampBeforeMaxMs;
            timestampAfterMaxMs = from.timestampAfterMaxMs;
            producerIdExpirationMs = from.producerIdExpirationMs;
            minCompactionLagMs = from.minCompactionLagMs;
            maxCompactionLagMs = from.maxCompactionLagMs;
            minDirtyRatio = from.minDirtyRatio;
            deleteRetentionMs = from.deleteRetentionMs;
        }

        private LogConfig finished() {
            return new LogConfig(
                    segmentBytes,
                    segmentMs,
                    segmentJitterMs,
                    segmentIndexBytes,
                    indexIntervalBytes,
                    retentionMs,
                    retentionBytes,
                    fileDeleteDelayMs,
                    deletes,
                    compacts,
                    maxMessageBytes,
                    maxDecompressedMessageBytes,
                    compression,
                    compressionLevel,
                    logAppendTime,
                    timestampBeforeMaxMs,
                    timestampAfterMaxMs,
                    producerIdExpirationMs,
                    minCompactionLagMs,
                    maxCompactionLagMs,
                    minDirtyRatio,
                    deleteRetentionMs);
        }
    }
}
