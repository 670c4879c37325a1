package io.headrace.compat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What a client sees of a server, as lines: topics with their ids and sizes, the configurations that were set, the records
 * and the offsets of each partition, and the groups. Where a time leads to is shown beside where by the records it should.
 */
record Served(
        Map<String, String> topics,
        Map<String, String> configs,
        Map<String, List<String>> records,
        Map<String, List<String>> committedRecords,
        Map<String, String> offsets,
        Map<String, String> offsetsByTime,
        Map<String, String> groups) {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Served by(JavaClients clients) throws Exception {
        Map<String, TopicDescription> topics = clients.admin()
                .describeTopics(clients.admin()
                        .listTopics(new ListTopicsOptions().listInternal(true))
                        .names()
                        .get())
                .allTopicNames()
                .get();
        Served served = new Served(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
        for (TopicDescription topic : topics.values()) {
            served.topics.put(
                    topic.name(),
                    topic.topicId() + ", " + topic.partitions().size() + (topic.isInternal() ? ", internal" : ""));
            for (int i = 0; i < topic.partitions().size() && !topic.isInternal(); i++) {
                served.look(clients, new TopicPartition(topic.name(), i));
            }
        }
        served.lookAtConfigs(clients, topics.keySet().stream().sorted().toList());
        served.lookAtGroups(clients);
        return served;
    }

    private void look(JavaClients clients, TopicPartition partition) throws Exception {
        List<ConsumerRecord<String, String>> all = records(clients, partition, "read_uncommitted");
        records.put(partition.toString(), all.stream().map(Served::line).toList());
        committedRecords.put(
                partition.toString(),
                records(clients, partition, "read_committed").stream()
                        .map(Served::line)
                        .toList());
        offsets.put(
                partition.toString(),
                offset(clients, partition, OffsetSpec.earliest()) + " to "
                        + offset(clients, partition, OffsetSpec.latest()) + ", the latest record at "
                        + offset(clients, partition, OffsetSpec.maxTimestamp()));
        StringBuilder byTime = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < all.size(); i += Math.max(1, all.size() / 4)) {
            long time = all.get(i).timestamp();
            byTime.append(offset(clients, partition, OffsetSpec.forTimestamp(time)))
                    .append(' ');
            expected.append(all.stream()
                            .filter(record -> record.timestamp() >= time)
                            .findFirst()
                            .orElseThrow()
                            .offset())
                    .append(' ');
        }
        offsetsByTime.put(partition.toString() + " of " + expected, byTime.toString());
    }

    private static long offset(JavaClients clients, TopicPartition partition, OffsetSpec spec) throws Exception {
        return clients.admin()
                .listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** Everything from the first to the last that there is now, at that isolation level. */
    static List<ConsumerRecord<String, String>> records(
            JavaClients clients, TopicPartition partition, String isolation) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<String, String> consumer = clients.consumer("isolation.level", isolation)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError(
                            partition + " is read up to " + consumer.position(partition) + " of " + end);
                }
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    private static String line(ConsumerRecord<String, String> record) {
        StringBuilder headers = new StringBuilder();
        record.headers().forEach(header -> headers.append(header.key()).append(Arrays.toString(header.value())));
        return record.offset() + " " + record.timestampType() + " " + record.timestamp() + " " + record.key() + " "
                + record.value() + " " + headers;
    }

    private void lookAtConfigs(JavaClients clients, List<String> topicNames) throws Exception {
        List<ConfigResource> resources = new ArrayList<>();
        topicNames.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
        resources.add(new ConfigResource(ConfigResource.Type.BROKER, ""));
        resources.add(new ConfigResource(ConfigResource.Type.BROKER, "1"));
        resources.add(new ConfigResource(ConfigResource.Type.GROUP, KafkaHistory.CONSUMER));
        Map<ConfigResource, Config> described =
                clients.admin().describeConfigs(resources).all().get();
        described.forEach((resource, config) -> {
            for (ConfigEntry entry : config.entries()) {
                if (entry.source().name().startsWith("DYNAMIC_")) {
                    configs.put(resource + " " + entry.name(), entry.source() + " " + entry.value());
                }
            }
        });
    }

    private void lookAtGroups(JavaClients clients) throws Exception {
        for (String group : KafkaHistory.GROUPS) {
            ConsumerGroupDescription described = clients.admin()
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get();
            Map<String, String> committed = new TreeMap<>();
            clients.admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> committed.put(partition.toString(), String.valueOf(offset)));
            groups.put(
                    group,
                    described.type() + " " + described.groupState() + " "
                            + described.members().size() + " " + committed);
        }
    }
}
