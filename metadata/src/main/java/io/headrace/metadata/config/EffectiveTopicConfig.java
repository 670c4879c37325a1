package io.headrace.metadata.config;

/** The values of a topic's honoured keys that hold, typed, with the broker's hours and minutes already in milliseconds. */
public record EffectiveTopicConfig(
        boolean deletesOldSegments,
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
        boolean preallocate,
        int minInsyncReplicas) {

    /** What holds when nobody set anything: known without reading the catalogue, since every start needs it. */
    public static final EffectiveTopicConfig DEFAULTS = new EffectiveTopicConfig(
            true,
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
            false,
            1);
}
