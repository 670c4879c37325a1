package io.headrace.app.cli;

import io.headrace.app.cli.ResetTarget.Choice;
import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Table;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code groups reset}. */
@Command(
        name = "reset",
        description =
                "Move a group without members to other offsets. Shows what would be done, unless --execute is given.",
        sortOptions = false,
        footer = {
            "",
            "An offset outside a partition becomes its start or its end. The group need not exist yet.",
            "",
            "Example:",
            "  headrace groups reset billing --topic orders --by-duration 2h",
            "  headrace groups reset billing --all-topics --to-current --csv > before.csv",
            "  headrace groups reset billing --from-file before.csv --execute"
        })
final class GroupsResetCommand extends AdminCommand {

    @Parameters(paramLabel = "GROUP", description = "The group.")
    private String name;

    @ArgGroup(multiplicity = "1")
    private ResetTarget target;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC[:N,N]",
            converter = TopicScope.Converter.class,
            description = "A topic, or some partitions of it. May be given several times.")
    private List<TopicScope> topics = List.of();

    @Option(names = "--all-topics", description = "Wherever the group has committed something.")
    private boolean allTopics;

    @Option(names = "--execute", description = "Do it.")
    private boolean execute;

    @ArgGroup
    private final Shape shape = new Shape();

    @Spec
    private CommandSpec spec;

    GroupsResetCommand(Terminal terminal) {
        super(terminal);
    }

    /** How the offsets are shown: a table, unless one of these is given. */
    static final class Shape {

        @Option(names = "--json", required = true, description = "As a JSON array.")
        private boolean json;

        @Option(names = "--csv", required = true, description = "As lines that --from-file reads.")
        private boolean csv;
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        Choice choice = target.choice();
        checkScope(choice);
        SortedMap<TopicPartition, OffsetAndMetadata> committed = GroupLookup.committed(admin, name);
        SortedMap<TopicPartition, Long> plan =
                new ResetPlan(admin, committed).of(partitions(admin, choice, committed), choice);
        if (plan.isEmpty()) {
            throw new CommandFailed(name + " has committed nothing");
        }
        if (execute) {
            execute(admin, plan);
        }
        show(plan, committed);
        if (!execute) {
            terminal.say("nothing is changed yet: --execute does it");
        }
    }

    private void checkScope(Choice choice) {
        int scopes = (choice instanceof Choice.Plan ? 1 : 0) + (allTopics ? 1 : 0) + (topics.isEmpty() ? 0 : 1);
        if (scopes == 0) {
            throw new ParameterException(spec.commandLine(), "say where: --topic or --all-topics");
        }
        if (scopes > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--topic, --all-topics and --from-file each say where: give one of them");
        }
    }

    private SequencedSet<TopicPartition> partitions(
            Admin admin, Choice choice, SortedMap<TopicPartition, OffsetAndMetadata> committed)
            throws ExecutionException, InterruptedException {
        if (choice instanceof Choice.Plan(var file)) {
            return new LinkedHashSet<>(ResetPlan.read(file).keySet());
        }
        if (allTopics) {
            return new LinkedHashSet<>(committed.keySet());
        }
        SequencedSet<TopicPartition> partitions = new LinkedHashSet<>();
        for (TopicScope scope : topics) {
            if (scope.partitions().isEmpty()) {
                for (TopicPartitionInfo info :
                        TopicLookup.describe(admin, scope.topic()).partitions()) {
                    partitions.add(new TopicPartition(scope.topic(), info.partition()));
                }
            } else {
                scope.partitions().forEach(number -> partitions.add(new TopicPartition(scope.topic(), number)));
            }
        }
        return partitions;
    }

    private void execute(Admin admin, SortedMap<TopicPartition, Long> plan)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        plan.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try {
            admin.alterConsumerGroupOffsets(name, offsets).all().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                // Kafka tells a commit from outside that the group has members in either way.
                case UnknownMemberIdException _, GroupNotEmptyException _ ->
                    throw new CommandFailed(name + " has members; stop them first");
                default -> throw e;
            }
        }
    }

    private void show(SortedMap<TopicPartition, Long> plan, SortedMap<TopicPartition, OffsetAndMetadata> committed) {
        if (shape.json) {
            List<Object> array = new ArrayList<>();
            plan.forEach((partition, offset) -> array.add(json(partition, committed.get(partition), offset)));
            terminal.line(JsonText.of(array));
        } else if (shape.csv) {
            plan.forEach((partition, offset) ->
                    terminal.line(partition.topic() + "," + partition.partition() + "," + offset));
        } else {
            Table table = new Table("TOPIC", "PARTITION", "BEFORE", "AFTER");
            plan.forEach((partition, offset) -> {
                OffsetAndMetadata before = committed.get(partition);
                table.row(partition.topic(), partition.partition(), before == null ? "-" : before.offset(), offset);
            });
            table.print(terminal);
        }
    }

    private Map<String, Object> json(TopicPartition partition, OffsetAndMetadata before, long after) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("group", name);
        object.put("topic", partition.topic());
        object.put("partition", partition.partition());
        object.put("before", before == null ? null : before.offset());
        object.put("after", after);
        object.put("executed", execute);
        return object;
    }
}
