package io.headrace.metadata.config;

import java.util.Map;

/** The two bounds of the time before a record is compacted, which must not cross. */
record Lags(String leastKey, String least, String mostKey, String most) {

    static Lags ofTopic(Map<String, String> overrides, ConfigLayers broker) {
        Lags ofBroker = ofBroker(broker);
        String least = overrides.get("min.compaction.lag.ms");
        String most = overrides.get("max.compaction.lag.ms");
        return new Lags(
                least == null ? ofBroker.leastKey : "min.compaction.lag.ms",
                least == null ? ofBroker.least : least,
                most == null ? ofBroker.mostKey : "max.compaction.lag.ms",
                most == null ? ofBroker.most : most);
    }

    static Lags ofBroker(ConfigLayers broker) {
        String least = "log.cleaner.min.compaction.lag.ms";
        String most = "log.cleaner.max.compaction.lag.ms";
        return new Lags(least, broker.nearest(least), most, broker.nearest(most));
    }

    /** What is wrong, or null. */
    String refusal() {
        long from = least == null ? 0 : Long.parseLong(least.trim());
        long to = most == null ? Long.MAX_VALUE : Long.parseLong(most.trim());
        return from <= to ? null : leastKey + "=" + from + " is refused: it is above " + mostKey + "=" + to + ".";
    }
}
