package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code groups delete}. */
@Command(
        name = "delete",
        description = "Delete groups without members, with their offsets.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace groups list --state empty -q | xargs headrace groups delete"})
final class GroupsDeleteCommand extends AdminCommand {

    @Parameters(arity = "1..*", paramLabel = "GROUP", description = "The groups.")
    private List<String> names;

    @Option(names = "--if-exists", description = "Content if the group is not there.")
    private boolean ifExists;

    GroupsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        for (String name : names) {
            try {
                admin.deleteConsumerGroups(List.of(name)).all().get();
                terminal.say("deleted " + name);
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case GroupIdNotFoundException _ when ifExists -> {}
                    case GroupIdNotFoundException _ -> throw GroupLookup.missing(name);
                    case GroupNotEmptyException _ ->
                        throw new CommandFailed(name + " has members; only a group without any can be deleted");
                    default -> throw e;
                }
            }
        }
    }
}
