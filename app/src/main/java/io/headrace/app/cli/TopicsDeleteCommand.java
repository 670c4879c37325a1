package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topics delete}. */
@Command(
        name = "delete",
        description = "Delete topics with everything in them.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace topics delete orders --if-exists"})
final class TopicsDeleteCommand extends AdminCommand {

    @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "The topics.")
    private List<String> names;

    @Option(names = "--if-exists", description = "Content if the topic is not there.")
    private boolean ifExists;

    TopicsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        for (String name : names) {
            try {
                admin.deleteTopics(List.of(name)).all().get();
                terminal.say("deleted " + name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                if (!ifExists) {
                    throw TopicLookup.missing(name);
                }
            }
        }
    }
}
