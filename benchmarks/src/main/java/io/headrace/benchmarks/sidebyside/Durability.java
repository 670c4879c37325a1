package io.headrace.benchmarks.sidebyside;

import java.util.Map;

/** When the two acknowledge: durable is after fsync. A comparison says which of these it was made under. */
enum Durability {
    DEFAULTS("ours durable, Kafka not", Map.of(), Map.of()),
    NEITHER("neither durable", Map.of("acks.all", "written"), Map.of()),
    BOTH("both durable", Map.of(), Map.of("log.flush.interval.messages", "1"));

    private final String text;
    private final Map<String, String> headraceSettings;
    private final Map<String, String> kafkaSettings;

    Durability(String text, Map<String, String> headraceSettings, Map<String, String> kafkaSettings) {
        this.text = text;
        this.headraceSettings = headraceSettings;
        this.kafkaSettings = kafkaSettings;
    }

    Map<String, String> headraceSettings() {
        return headraceSettings;
    }

    Map<String, String> kafkaSettings() {
        return kafkaSettings;
    }

    @Override
    public String toString() {
        return text;
    }
}
