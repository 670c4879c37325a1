package io.headrace.app.cli;

import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Table;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code groups list}. */
@Command(
        name = "list",
        description = "List the groups.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace groups list --state empty -q"})
final class GroupsListCommand extends AdminCommand {

    @Option(
            names = {"-q", "--quiet"},
            description = "Names only, one per line.")
    private boolean quiet;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only groups of these types: classic, consumer, share, streams.")
    private List<String> types = List.of();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only groups in these states, such as stable or empty.")
    private List<String> states = List.of();

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    GroupsListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        ListGroupsOptions options = new ListGroupsOptions()
                .withTypes(parsed("--type", types, GroupType::parse, GroupType.UNKNOWN))
                .inGroupStates(parsed("--state", states, GroupState::parse, GroupState.UNKNOWN));
        List<GroupListing> groups =
                new ArrayList<>(admin.listGroups(options).all().get());
        groups.sort(Comparator.comparing(GroupListing::groupId));
        if (quiet) {
            groups.forEach(group -> terminal.line(group.groupId()));
        } else if (json) {
            terminal.line(
                    JsonText.of(groups.stream().map(GroupsListCommand::json).toList()));
        } else {
            Table table = new Table("GROUP", "TYPE", "PROTOCOL", "STATE");
            groups.forEach(group -> table.row(group.groupId(), type(group), group.protocol(), state(group)));
            table.print(terminal);
        }
    }

    private <T> Set<T> parsed(String option, List<String> words, Function<String, T> parse, T unknown) {
        Set<T> parsed = new LinkedHashSet<>();
        for (String word : words) {
            T value = parse.apply(word);
            if (value.equals(unknown)) {
                throw new ParameterException(spec.commandLine(), option + " does not know " + word);
            }
            parsed.add(value);
        }
        return parsed;
    }

    private static Map<String, Object> json(GroupListing group) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("group", group.groupId());
        object.put("type", type(group));
        object.put("protocol", group.protocol());
        object.put("state", state(group));
        return object;
    }

    /** Null where the broker is too old to say. */
    private static String type(GroupListing group) {
        return group.type()
                .map(type -> type.toString().toLowerCase(java.util.Locale.ROOT))
                .orElse(null);
    }

    private static String state(GroupListing group) {
        return group.groupState().map(GroupState::toString).orElse(null);
    }
}
