package io.headrace.metadata.config;

import java.util.Map;

/** Finds the typed values of one topic by the names of their keys. The texts have been judged when they were set. */
record TopicLookup(Map<String, String> overrides, ConfigLayers broker) {

    EffectiveTopicConfig effective() {
        EffectiveTopicConfig defaults = EffectiveTopicConfig.DEFAULTS;
        String cleanupPolicy = text("cleanup.policy", "log.cleanup.policy", "delete");
        String timestampType = text("message.timestamp.type", "log.message.timestamp.type", "CreateTime");
        return new EffectiveTopicConfig(
                cleanupPolicy.contains("delete"),
                cleanupPolicy.contains("compact"),
                text("compression.type", "compression.type", defaults.compressionType()),
                whole("compression.gzip.level", "compression.gzip.level", defaults.compressionGzipLevel()),
                whole("compression.lz4.level", "compression.lz4.level", defaults.compressionLz4Level()),
                whole("compression.zstd.level", "compression.zstd.level", defaults.compressionZstdLevel()),
                retentionMs(defaults.retentionMs()),
                number("retention.bytes", "log.retention.bytes", defaults.retentionBytes()),
                whole("segment.bytes", "log.segment.bytes", defaults.segmentBytes()),
                msOrHours("segment.ms", "log.roll.ms", "log.roll.hours", defaults.segmentMs()),
                msOrHours(
                        "segment.jitter.ms", "log.roll.jitter.ms", "log.roll.jitter.hours", defaults.segmentJitterMs()),
                whole("segment.index.bytes", "log.index.size.max.bytes", defaults.segmentIndexBytes()),
                whole("index.interval.bytes", "log.index.interval.bytes", defaults.indexIntervalBytes()),
                whole("max.message.bytes", "message.max.bytes", defaults.maxMessageBytes()),
                whole(
                        "max.decompressed.message.bytes",
                        "max.decompressed.message.bytes",
                        defaults.maxDecompressedMessageBytes()),
                timestampType.equals("LogAppendTime"),
                number(
                        "message.timestamp.before.max.ms",
                        "log.message.timestamp.before.max.ms",
                        defaults.messageTimestampBeforeMaxMs()),
                number(
                        "message.timestamp.after.max.ms",
                        "log.message.timestamp.after.max.ms",
                        defaults.messageTimestampAfterMaxMs()),
                number("file.delete.delay.ms", "log.segment.delete.delay.ms", defaults.fileDeleteDelayMs()),
                number("min.compaction.lag.ms", "log.cleaner.min.compaction.lag.ms", defaults.minCompactionLagMs()),
                number("max.compaction.lag.ms", "log.cleaner.max.compaction.lag.ms", defaults.maxCompactionLagMs()),
                fraction(
                        "min.cleanable.dirty.ratio",
                        "log.cleaner.min.cleanable.ratio",
                        defaults.minCleanableDirtyRatio()),
                number("delete.retention.ms", "log.cleaner.delete.retention.ms", defaults.deleteRetentionMs()));
    }

    private long retentionMs(long orElse) {
        String own = overrides.get("retention.ms");
        if (own != null) {
            return Long.parseLong(own.trim());
        }
        if (broker.nearest("log.retention.ms") != null) {
            return fromBroker("log.retention.ms", orElse);
        }
        boolean minutes = broker.nearest("log.retention.minutes") != null;
        return fromBroker(minutes ? "log.retention.minutes" : "log.retention.hours", orElse);
    }

    private long msOrHours(String key, String brokerMs, String brokerHours, long orElse) {
        String own = overrides.get(key);
        if (own != null) {
            return Long.parseLong(own.trim());
        }
        return fromBroker(broker.nearest(brokerMs) != null ? brokerMs : brokerHours, orElse);
    }

    private long fromBroker(String brokerKey, long orElse) {
        String value = broker.nearest(brokerKey);
        return value == null ? orElse : BrokerUnits.toMs(brokerKey, Long.parseLong(value.trim()));
    }

    private String text(String key, String brokerKey, String orElse) {
        String own = overrides.get(key);
        String value = own != null ? own : broker.nearest(brokerKey);
        return value == null ? orElse : value.trim();
    }

    private long number(String key, String brokerKey, long orElse) {
        String value = text(key, brokerKey, null);
        return value == null ? orElse : Long.parseLong(value);
    }

    private double fraction(String key, String brokerKey, double orElse) {
        String value = text(key, brokerKey, null);
        return value == null ? orElse : Double.parseDouble(value);
    }

    private int whole(String key, String brokerKey, int orElse) {
        return (int) number(key, brokerKey, orElse);
    }
}
