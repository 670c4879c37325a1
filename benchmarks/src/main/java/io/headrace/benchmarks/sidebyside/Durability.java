package io.headrace.benchmarks.sidebyside;

import java.util.Map;

/** When the two acknowledge: durable is after fsync. A comparison says which of these it was made under. */
enum Durability {
    DEFAULTS("ours durable, Kafka not", "", ""),
    NEITHER("neither durable", "acks.all=written", ""),
    BOTH("both durable", "", "log.flush.interval.messages=1");

    private final String text;

    /** What has to be set for it, as key=value; empty where that is the default. */
    private final String headraceSetting;

    private final String kafkaSetting;

    Durability(String text, String headraceSetting, String kafkaSetting) {
        this.text = text;
        this.headraceSetting = headraceSetting;
        this.kafkaSetting = kafkaSetting;
    }

    Map<String, String> headraceSettings() {
        return parsed(headraceSetting);
    }

    Map<String, String> kafkaSettings() {
        return parsed(kafkaSetting);
    }

    private static Map<String, String> parsed(String setting) {
        int equals = setting.indexOf('=');
        return setting.isEmpty() ? Map.of() : Map.of(setting.substring(0, equals), setting.substring(equals + 1));
    }

    @Override
    public String toString() {
        return text;
    }
}
