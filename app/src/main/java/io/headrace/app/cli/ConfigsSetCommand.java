package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code configs set}. */
@Command(
        name = "set",
        description = "Set configurations of a topic, of one broker or of all; all of them or none.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace configs set --topic orders retention.ms=86400000 segment.ms=3600000"})
final class ConfigsSetCommand extends AdminCommand {

    @ArgGroup(multiplicity = "1")
    private ConfigTarget target;

    @Parameters(arity = "1..*", paramLabel = "KEY=VALUE", description = "What to set.")
    private Map<String, String> values;

    ConfigsSetCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        ConfigChange.apply(admin, target.resource(), values, List.of());
        terminal.say("set for " + target);
    }
}
