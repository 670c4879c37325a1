package io.headrace.app.cli;

import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Table;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topics describe}. */
@Command(
        name = "describe",
        description = "Show partitions, offsets and own configuration of topics.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace topics describe orders --json | jq '.[0].partitions[].end'"})
final class TopicsDescribeCommand extends AdminCommand {

    @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "The topics.")
    private List<String> names;

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    TopicsDescribeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        List<Topic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(read(admin, name));
        }
        if (json) {
            List<Object> array = new ArrayList<>();
            topics.forEach(topic -> array.add(topic.json()));
            terminal.line(JsonText.of(array));
        } else {
            topics.forEach(topic -> topic.print(terminal));
        }
    }

    private static Topic read(Admin admin, String name) throws ExecutionException, InterruptedException {
        TopicDescription description = TopicLookup.describe(admin, name);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        Map<String, String> own = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                own.put(entry.name(), entry.value());
            }
        }
        Map<Integer, Long> starts = offsets(admin, description, OffsetSpec.earliest());
        Map<Integer, Long> ends = offsets(admin, description, OffsetSpec.latest());
        List<Partition> partitions = new ArrayList<>();
        for (TopicPartitionInfo info : description.partitions()) {
            partitions.add(Partition.of(info, starts.get(info.partition()), ends.get(info.partition())));
        }
        return new Topic(name, description.topicId().toString(), own, partitions);
    }

    /** By partition; a partition without a leader cannot tell. */
    private static Map<Integer, Long> offsets(Admin admin, TopicDescription topic, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
        for (TopicPartitionInfo info : topic.partitions()) {
            if (info.leader() != null) {
                asked.put(new TopicPartition(topic.name(), info.partition()), which);
            }
        }
        Map<Integer, Long> offsets = new LinkedHashMap<>();
        admin.listOffsets(asked)
                .all()
                .get()
                .forEach((partition, result) -> offsets.put(partition.partition(), result.offset()));
        return offsets;
    }

    private record Topic(String name, String id, Map<String, String> configs, List<Partition> partitions) {

        Map<String, Object> json() {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("topic", name);
            object.put("id", id);
            object.put("configs", configs);
            List<Object> array = new ArrayList<>();
            partitions.forEach(partition -> array.add(partition.json()));
            object.put("partitions", array);
            return object;
        }

        void print(Terminal terminal) {
            terminal.line(name + "  id " + id);
            configs.forEach((key, value) -> terminal.line("  " + key + "=" + value));
            Table table = new Table("  PARTITION", "LEADER", "REPLICAS", "IN SYNC", "START", "END");
            partitions.forEach(partition -> partition.addTo(table));
            table.print(terminal);
        }
    }

    /** {@code leader}, {@code start} and {@code end} are null if there is no leader. */
    private record Partition(
            int number, Integer leader, List<Integer> replicas, List<Integer> inSync, Long start, Long end) {

        static Partition of(TopicPartitionInfo info, Long start, Long end) {
            Integer leader = info.leader() == null ? null : info.leader().id();
            return new Partition(info.partition(), leader, ids(info.replicas()), ids(info.isr()), start, end);
        }

        private static List<Integer> ids(List<Node> nodes) {
            List<Integer> ids = new ArrayList<>();
            nodes.forEach(node -> ids.add(node.id()));
            return ids;
        }

        Map<String, Object> json() {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("partition", number);
            object.put("leader", leader);
            object.put("replicas", replicas);
            object.put("inSync", inSync);
            object.put("start", start);
            object.put("end", end);
            return object;
        }

        void addTo(Table table) {
            table.row(number, leader == null ? "none" : leader, joined(replicas), joined(inSync), start, end);
        }

        private static String joined(List<Integer> ids) {
            return String.join(",", ids.stream().map(String::valueOf).toList());
        }
    }
}
