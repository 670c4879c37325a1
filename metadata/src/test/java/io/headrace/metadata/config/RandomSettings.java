package io.headrace.metadata.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Settings that nobody refuses, drawn from a seed. */
final class RandomSettings {

    private static final Map<String, List<String>> TOPIC = new TreeMap<>(Map.of(
            "cleanup.policy", List.of("delete", "", " delete "),
            "compression.type", List.of("producer", "gzip", "zstd", "uncompressed"),
            "flush.ms", List.of("5", "9223372036854775807"),
            "max.message.bytes", List.of("0", "77"),
            "message.timestamp.type", List.of("CreateTime", "LogAppendTime"),
            "min.insync.replicas", List.of("1", "2"),
            "retention.ms", List.of("-1", "0", " 12"),
            "segment.jitter.ms", List.of("0", "3"),
            "segment.ms", List.of("1", "4")));

    private static final Map<String, List<String>> AT_RUN_TIME = new TreeMap<>(Map.of(
            "compression.type", List.of("lz4", "snappy"),
            "log.cleanup.policy", List.of("delete", ""),
            "log.flush.interval.ms", List.of("11", "12"),
            "log.message.timestamp.type", List.of("CreateTime", "LogAppendTime"),
            "log.retention.bytes", List.of("-1", "13"),
            "log.retention.ms", List.of("-1", "14"),
            "log.roll.jitter.ms", List.of("15", "16"),
            "log.roll.ms", List.of("17", "18"),
            "log.segment.delete.delay.ms", List.of("0", "19"),
            "message.max.bytes", List.of("0", " 20 ")));

    private static final Map<String, List<String>> IN_THE_FILE_ONLY = new TreeMap<>(Map.of(
            "auto.create.topics.enable", List.of("false", "TRUE"),
            "fetch.max.bytes", List.of("1024", "2048"),
            "log.flush.scheduler.interval.ms", List.of("21", "22"),
            "log.retention.hours", List.of("-1", "1", "23"),
            "log.retention.minutes", List.of("-1", "24"),
            "log.roll.hours", List.of("1", "25"),
            "log.roll.jitter.hours", List.of("0", "26"),
            "num.partitions", List.of("1", "27")));

    private RandomSettings() {}

    /** As many seeds as the system property headrace.seeds says, or 50. */
    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 50L));
    }

    static Map<String, String> ofTopic(Random random) {
        return some(TOPIC, random);
    }

    static ConfigLayers ofBroker(Random random) {
        Map<String, String> file = some(AT_RUN_TIME, random);
        file.putAll(some(IN_THE_FILE_ONLY, random));
        return ConfigLayers.ofFile(file).withDynamic(some(AT_RUN_TIME, random), some(AT_RUN_TIME, random));
    }

    private static Map<String, String> some(Map<String, List<String>> choices, Random random) {
        Map<String, String> some = new TreeMap<>();
        for (Map.Entry<String, List<String>> choice : choices.entrySet()) {
            if (random.nextInt(3) == 0) {
                List<String> values = new ArrayList<>(choice.getValue());
                some.put(choice.getKey(), values.get(random.nextInt(values.size())));
            }
        }
        return some;
    }
}
