package io.headrace.metadata.config;

import io.headrace.log.LogConfig;
import io.headrace.wire.CompressionCodec;
import java.util.Locale;

/**
 * The values of a topic's honoured keys that hold, typed and named after them, with the broker's hours and minutes
 * already in milliseconds.
 *
 * @param deletesOldSegments whether {@code cleanup.policy} holds {@code delete}
 * @param compacts whether {@code cleanup.policy} holds {@code compact}
 * @param logAppendTime whether {@code message.timestamp.type} is {@code LogAppendTime}
 */
public record EffectiveTopicConfig(
        boolean deletesOldSegments,
        boolean compacts,
        String compressionType,
        int compressionGzipLevel,
        int compressionLz4Level,
        int compressionZstdLevel,
        long retentionMs,
        long retentionBytes,
        int segmentBytes,
        long segmentMs,
        long segmentJitterMs,
        int segmentIndexBytes,
        int indexIntervalBytes,
        int maxMessageBytes,
        int maxDecompressedMessageBytes,
        boolean logAppendTime,
        long messageTimestampBeforeMaxMs,
        long messageTimestampAfterMaxMs,
        long fileDeleteDelayMs,
        long minCompactionLagMs,
        long maxCompactionLagMs,
        double minCleanableDirtyRatio,
        long deleteRetentionMs) {

    /** What holds when nobody set anything; the catalogue's defaults, of which it is a copy that costs no reading. */
    public static final EffectiveTopicConfig DEFAULTS = new EffectiveTopicConfig(
            true,
            false,
            "producer",
            -1,
            9,
            3,
            604_800_000L,
            -1L,
            1_073_741_824,
            604_800_000L,
            0L,
            10_485_760,
            4_096,
            1_048_588,
            2_147_483_639,
            false,
            Long.MAX_VALUE,
            3_600_000L,
            60_000L,
            0L,
            Long.MAX_VALUE,
            0.5,
            86_400_000L);

    /** The codec that every batch is stored with; null to keep what the producer chose. */
    public CompressionCodec compression() {
        return switch (compressionType) {
            case "producer" -> null;
            case "uncompressed" -> CompressionCodec.NONE;
            default -> CompressionCodec.valueOf(compressionType.toUpperCase(Locale.ROOT));
        };
    }

    private int compressionLevel() {
        return switch (compressionType) {
            case "gzip" -> compressionGzipLevel;
            case "lz4" -> compressionLz4Level;
            case "zstd" -> compressionZstdLevel;
            default -> 0;
        };
    }

    /** The same for a partition's log; how long it remembers producers is the broker's affair. */
    public LogConfig forLog(int producerIdExpirationMs) {
        return new LogConfig(
                segmentBytes,
                segmentMs,
                segmentJitterMs,
                segmentIndexBytes,
                indexIntervalBytes,
                retentionMs,
                retentionBytes,
                fileDeleteDelayMs,
                deletesOldSegments,
                compacts,
                maxMessageBytes,
                maxDecompressedMessageBytes,
                compression(),
                compressionLevel(),
                logAppendTime,
                messageTimestampBeforeMaxMs,
                messageTimestampAfterMaxMs,
                producerIdExpirationMs,
                minCompactionLagMs,
                maxCompactionLagMs,
                minCleanableDirtyRatio,
                deleteRetentionMs);
    }
}
