package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The word {@code headrace} alone. */
@Command(
        name = "headrace",
        description = "An event streaming broker that speaks the Apache Kafka protocol, and everyday tools for it.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Example:",
            "  headrace start --data /var/lib/headrace --port 9092",
            "  seq 3 | headrace produce numbers",
            "  headrace consume numbers --from-beginning --until-end"
        })
final class HeadraceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(names = "--version", description = "As the command version.")
    private boolean version;

    HeadraceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (version) {
            return new VersionCommand(terminal).call();
        }
        terminal.say(spec.commandLine().getUsageMessage().stripTrailing());
        return ExitCode.BAD_USAGE;
    }
}
