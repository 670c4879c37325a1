package io.headrace.metadata.config;

/**
 * The broker's keys for log compaction that hold at the moment, typed and named after them: all but the first may be changed
 * at run time.
 *
 * @param enable whether logs are compacted at all
 * @param backoffMs between two looks for a log that is to be compacted
 * @param dedupeBufferSize bytes for the map of keys
 * @param loadFactor how full that map may get
 * @param ioMaxBytesPerSecond that are read and written
 */
public record CleanerConfig(
        boolean enable, long backoffMs, long dedupeBufferSize, double loadFactor, double ioMaxBytesPerSecond) {

    public static CleanerConfig of(ConfigLayers broker) {
        return new CleanerConfig(
                Boolean.parseBoolean(text(broker, "log.cleaner.enable", "true")),
                Long.parseLong(text(broker, "log.cleaner.backoff.ms", "15000")),
                Long.parseLong(text(broker, "log.cleaner.dedupe.buffer.size", "134217728")),
                Double.parseDouble(text(broker, "log.cleaner.io.buffer.load.factor", "0.9")),
                Double.parseDouble(text(broker, "log.cleaner.io.max.bytes.per.second", "1.7976931348623157E308")));
    }

    private static String text(ConfigLayers broker, String key, String orElse) {
        String value = broker.nearest(key);
        return value == null ? orElse : value.trim();
    }
}
