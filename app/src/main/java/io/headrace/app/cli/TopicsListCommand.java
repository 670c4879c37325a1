package io.headrace.app.cli;

import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Table;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topics list}. */
@Command(
        name = "list",
        description = "List the topics.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace topics list -q | grep orders"})
final class TopicsListCommand extends AdminCommand {

    @Option(
            names = {"-q", "--quiet"},
            description = "Names only, one per line.")
    private boolean quiet;

    @Option(names = "--internal", description = "Internal topics too.")
    private boolean internal;

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    TopicsListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(internal))
                .names()
                .get();
        Map<String, TopicDescription> topics =
                new TreeMap<>(admin.describeTopics(names).allTopicNames().get());
        if (quiet) {
            topics.keySet().forEach(terminal::line);
        } else if (json) {
            List<Object> array = new ArrayList<>();
            topics.values().forEach(topic -> array.add(json(topic)));
            terminal.line(JsonText.of(array));
        } else {
            Table table = new Table("TOPIC", "PARTITIONS", "REPLICAS");
            topics.values()
                    .forEach(topic -> table.row(topic.name(), topic.partitions().size(), replicas(topic)));
            table.print(terminal);
        }
    }

    private static Map<String, Object> json(TopicDescription topic) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("topic", topic.name());
        object.put("id", topic.topicId());
        object.put("partitions", topic.partitions().size());
        object.put("replicas", replicas(topic));
        object.put("internal", topic.isInternal());
        return object;
    }

    private static int replicas(TopicDescription topic) {
        return topic.partitions().getFirst().replicas().size();
    }
}
