package io.headrace.metadata.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Renders the catalogue as the page docs/configuration.md. */
final class ConfigurationReference {

    private static final String PREAMBLE = """
        # Configuration

        <!-- Generated from the catalogue in metadata/src/main/resources. Do not edit; `./dev test` says how to write it anew. -->

        Headrace knows every topic and broker key of Apache Kafka 4.4. It does what the key says; or it keeps the key at a
        fixed value and refuses any other, naming the key, the value and the reason. Setting a fixed key to the value that
        it has is fine. A few broker keys are about what a single node does not have, and whatever they say, nobody would
        notice: in the file they are ignored, and a line at start names them
        ([why](decisions/007-a-stock-configuration-file.md)). So Kafka's own `config/server.properties` is a good file.

        A topic's value comes from the topic, or else from the broker key beside it, or else from the default. A broker
        key is set in the configuration file; those that say so can also be changed while the broker runs, for one
        broker or for all, and then go before the file.
        """;

    private final StringBuilder page = new StringBuilder(PREAMBLE);

    private ConfigurationReference() {}

    static String render() {
        ConfigurationReference reference = new ConfigurationReference();
        Collection<ConfigKey> topics = ConfigCatalog.topics().keys();
        Collection<ConfigKey> brokers = ConfigCatalog.brokers().keys();
        reference.heading("Topic keys");
        reference.honoured("Where the topic says nothing", topics);
        reference.heading("Topic keys that are fixed");
        reference.fixed(topics);
        reference.heading("Group keys");
        reference.page.append(
                "\nOf groups of the consumer protocol; a group has its own within the bounds that the broker sets.\n");
        reference.honoured(
                "Where the group says nothing", ConfigCatalog.groups().keys());
        reference.heading("Broker keys");
        reference.honoured("At run time", brokers);
        reference.heading("Broker keys that are fixed");
        reference.fixed(brokers);
        reference.heading("Broker keys that are ignored");
        reference.ignored(brokers);
        return reference.page.toString();
    }

    private void heading(String text) {
        page.append("\n## ").append(text).append('\n');
    }

    private void honoured(String fourth, Collection<ConfigKey> keys) {
        header("Key", "Default", "Values", fourth, "Meaning");
        for (ConfigKey key : keys) {
            if (key.honoured()) {
                row(
                        code(key.name()),
                        defaultValue(key),
                        key.validation().inWords(key.type()),
                        key.scope() == ConfigScope.TOPIC || key.scope() == ConfigScope.GROUP
                                ? synonyms(key)
                                : atRunTime(key.scope()),
                        key.description());
            }
        }
    }

    /** By reason, since that is what somebody wants to know of most of them. */
    private void fixed(Collection<ConfigKey> keys) {
        byReason(keys, key -> !key.honoured() && !key.ignored()).forEach((reason, fixed) -> {
            page.append("\n**").append(reason).append("**\n");
            header("Key", "Fixed at", "Meaning");
            for (ConfigKey key : fixed) {
                row(code(key.name()), defaultValue(key), key.documentation());
            }
        });
    }

    private void ignored(Collection<ConfigKey> keys) {
        byReason(keys, ConfigKey::ignored).forEach((reason, ignored) -> {
            page.append("\n**").append(reason).append("**\n");
            header("Key", "Meaning");
            for (ConfigKey key : ignored) {
                row(code(key.name()), key.documentation());
            }
        });
    }

    private static Map<String, List<ConfigKey>> byReason(Collection<ConfigKey> keys, Predicate<ConfigKey> which) {
        Map<String, List<ConfigKey>> byReason = new TreeMap<>();
        for (ConfigKey key : keys) {
            if (which.test(key)) {
                byReason.computeIfAbsent(key.support().note(), reason -> new ArrayList<>())
                        .add(key);
            }
        }
        return byReason;
    }

    private void header(String... cells) {
        page.append('\n');
        row(cells);
        page.append("|").repeat(" --- |", cells.length).append('\n');
    }

    private void row(String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        page.append('\n');
    }

    private static String defaultValue(ConfigKey key) {
        if (key.defaultValue() == null) {
            return "none";
        }
        return key.defaultValue().isEmpty() ? "empty" : code(key.defaultValue());
    }

    private static String synonyms(ConfigKey key) {
        List<String> names = new ArrayList<>();
        key.synonyms().forEach(name -> names.add(code(name)));
        return String.join(", ", names);
    }

    private static String atRunTime(ConfigScope scope) {
        return switch (scope) {
            case CLUSTER_WIDE -> "one or all";
            case PER_BROKER -> "one";
            case READ_ONLY, TOPIC, GROUP -> "no";
        };
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
