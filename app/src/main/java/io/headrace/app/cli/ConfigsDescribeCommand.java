package io.headrace.app.cli;

import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Table;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code configs describe}. */
@Command(
        name = "describe",
        description = "Show what is configured, and where each value comes from.",
        sortOptions = false,
        footer = {"", "Example:", "  headrace configs describe --topic orders --all"})
final class ConfigsDescribeCommand extends AdminCommand {

    @ArgGroup(multiplicity = "1")
    private ConfigTarget target;

    @Option(
            names = {"-a", "--all"},
            description = "The defaults too.")
    private boolean all;

    @Option(names = "--docs", description = "With what each key means.")
    private boolean docs;

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    ConfigsDescribeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        ConfigResource resource = target.resource();
        if (resource.type() == ConfigResource.Type.TOPIC) {
            TopicLookup.describe(admin, resource.name());
        }
        DescribeConfigsOptions options = new DescribeConfigsOptions().includeDocumentation(docs);
        List<ConfigEntry> entries = new ArrayList<>(admin.describeConfigs(List.of(resource), options)
                .all()
                .get()
                .get(resource)
                .entries());
        entries.removeIf(entry -> !all && entry.source() == ConfigEntry.ConfigSource.DEFAULT_CONFIG);
        entries.sort(Comparator.comparing(ConfigEntry::name));
        if (json) {
            List<Object> array = new ArrayList<>();
            entries.forEach(entry -> array.add(json(entry)));
            terminal.line(JsonText.of(array));
        } else if (entries.isEmpty()) {
            terminal.say("nothing is set for " + target + "; --all shows the defaults");
        } else {
            print(entries);
        }
    }

    private void print(List<ConfigEntry> entries) {
        Table table = docs ? new Table("KEY", "VALUE", "FROM", "MEANING") : new Table("KEY", "VALUE", "FROM");
        for (ConfigEntry entry : entries) {
            String value = entry.isSensitive() ? "(secret)" : entry.value();
            if (docs) {
                table.row(entry.name(), value, source(entry), entry.documentation());
            } else {
                table.row(entry.name(), value, source(entry));
            }
        }
        table.print(terminal);
    }

    private static Map<String, Object> json(ConfigEntry entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", entry.name());
        object.put("value", entry.value());
        object.put("source", entry.source().name());
        object.put("readOnly", entry.isReadOnly());
        object.put("sensitive", entry.isSensitive());
        if (entry.documentation() != null) {
            object.put("documentation", entry.documentation());
        }
        return object;
    }

    private static String source(ConfigEntry entry) {
        return switch (entry.source()) {
            case DYNAMIC_TOPIC_CONFIG -> "topic";
            case DYNAMIC_BROKER_CONFIG -> "broker";
            case DYNAMIC_DEFAULT_BROKER_CONFIG -> "all brokers";
            case STATIC_BROKER_CONFIG -> "file";
            case DEFAULT_CONFIG -> "default";
            default -> entry.source().name().toLowerCase(Locale.ROOT);
        };
    }
}
