package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topics create}. */
@Command(
        name = "create",
        description = "Create topics.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace topics create orders --partitions 6 --config retention.ms=86400000"})
final class TopicsCreateCommand extends AdminCommand {

    @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "The new topics.")
    private List<String> names;

    @Option(
            names = {"-p", "--partitions"},
            paramLabel = "N",
            description = "Number of partitions. Default: the cluster's num.partitions.")
    private Integer partitions;

    @Option(
            names = {"-r", "--replicas"},
            paramLabel = "N",
            description = "Copies of each partition. Default: the cluster's default.replication.factor.")
    private Short replicas;

    @Option(names = "--config", paramLabel = "KEY=VALUE", description = "A configuration of the topic.")
    private final Map<String, String> configs = new LinkedHashMap<>();

    @Option(names = "--if-not-exists", description = "Content if the topic is there already.")
    private boolean ifNotExists;

    TopicsCreateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        for (String name : names) {
            NewTopic topic = new NewTopic(name, Optional.ofNullable(partitions), Optional.ofNullable(replicas));
            try {
                admin.createTopics(List.of(topic.configs(configs))).all().get();
                terminal.say("created " + name);
            } catch (ExecutionException e) {
                if (!ifNotExists || !(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                terminal.say(name + " is there already");
            }
        }
    }
}
