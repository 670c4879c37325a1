package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code topics alter}. */
@Command(
        name = "alter",
        description = "Give a topic more partitions, or another configuration.",
        sortOptions = false,
        footer = {
            "",
            "More partitions send the same key to another partition from then on.",
            "",
            "Example:",
            "  headrace topics alter orders --partitions 12 --config retention.ms=86400000"
        })
final class TopicsAlterCommand extends AdminCommand {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", description = "The topic.")
    private String name;

    @Option(
            names = {"-p", "--partitions"},
            paramLabel = "N",
            description = "Number of partitions from now on; it can only grow.")
    private Integer partitions;

    @Option(names = "--config", paramLabel = "KEY=VALUE", description = "A configuration to set.")
    private final Map<String, String> configs = new LinkedHashMap<>();

    @Option(names = "--unset", paramLabel = "KEY", description = "A configuration to take back to its default.")
    private final List<String> unset = List.of();

    TopicsAlterCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        if (partitions == null && configs.isEmpty() && unset.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "say what: --partitions, --config or --unset");
        }
        TopicLookup.describe(admin, name);
        if (!configs.isEmpty() || !unset.isEmpty()) {
            ConfigChange.apply(admin, new ConfigResource(ConfigResource.Type.TOPIC, name), configs, unset);
        }
        if (partitions != null) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
        terminal.say("altered " + name);
    }
}
