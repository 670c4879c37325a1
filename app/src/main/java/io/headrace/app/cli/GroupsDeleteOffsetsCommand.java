package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code groups delete-offsets}. */
@Command(
        name = "delete-offsets",
        description = "Forget what a group has committed for topics that it does not read any more.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace groups delete-offsets billing --topic orders-2019"})
final class GroupsDeleteOffsetsCommand extends AdminCommand {

    @Parameters(paramLabel = "GROUP", description = "The group.")
    private String name;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC[:N,N]",
            required = true,
            converter = TopicScope.Converter.class,
            description = "A topic, or some partitions of it. May be given several times.")
    private List<TopicScope> topics;

    GroupsDeleteOffsetsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        try {
            for (TopicPartition committed : GroupLookup.committed(admin, name).keySet()) {
                if (topics.stream().anyMatch(topic -> topic.holds(committed))) {
                    partitions.add(committed);
                }
            }
            if (partitions.isEmpty()) {
                throw new CommandFailed(name + " has committed nothing there");
            }
            admin.deleteConsumerGroupOffsets(name, partitions).all().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case GroupIdNotFoundException _ -> throw GroupLookup.missing(name);
                case GroupSubscribedToTopicException _ ->
                    throw new CommandFailed(name + " has members that read one of these topics");
                default -> throw e;
            }
        }
        List<String> words = new ArrayList<>();
        partitions.forEach(partition -> words.add(partition.toString()));
        terminal.say("deleted the offsets of " + name + " in " + String.join(", ", words));
    }
}
