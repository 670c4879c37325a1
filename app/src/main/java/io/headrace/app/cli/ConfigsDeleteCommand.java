package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code configs delete}. */
@Command(
        name = "delete",
        description = "Take configurations back to what holds without them.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace configs delete --topic orders retention.ms"})
final class ConfigsDeleteCommand extends AdminCommand {

    @ArgGroup(multiplicity = "1")
    private ConfigTarget target;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "What to delete.")
    private List<String> keys;

    ConfigsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        ConfigChange.apply(admin, target.resource(), Map.of(), keys);
        terminal.say("deleted for " + target);
    }
}
