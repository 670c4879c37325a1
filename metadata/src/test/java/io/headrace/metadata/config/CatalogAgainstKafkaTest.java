package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.server.config.ConfigSynonym;
import org.apache.kafka.server.config.DynamicBrokerConfig;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.junit.jupiter.api.Test;

/** The catalogue says what Kafka says, but for the differences that are listed here with their reasons. */
class CatalogAgainstKafkaTest {

    private static final Set<String> OUR_OWN_KEYS = Set.of("acks.all");

    /** Keys with another default than Kafka's. */
    private static final Map<String, String> OTHER_DEFAULTS = Map.ofEntries(
            Map.entry("broker.id", "the same as node.id; Kafka's -1 stands for that"),
            Map.entry("controller.listener.names", "there are no controllers of their own; Kafka makes it be set"),
            Map.entry("group.coordinator.rebalance.protocols", "streams groups are not served"),
            Map.entry(
                    "group.consumer.assignment.interval.ms",
                    "a member that waits for its partitions waits for nothing"),
            Map.entry("group.initial.rebalance.delay.ms", "three seconds would make every test wait"),
            Map.entry("log.dir", "data in /tmp is lost with the next boot"),
            Map.entry("metric.reporters", "nothing reports to JMX"),
            Map.entry("node.id", "a single node needs no choice; Kafka makes it be set"),
            Map.entry("num.network.threads", "one shard for each processor, which the machine says"),
            Map.entry("offsets.topic.replication.factor", "one broker"),
            Map.entry("process.roles", "every node is both; Kafka makes it be set"),
            Map.entry("socket.receive.buffer.bytes", "left to the operating system"));

    /** Keys with another range than Kafka's definitions. */
    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("broker.id", "the same as node.id"),
            Map.entry("socket.receive.buffer.bytes", "what the operating system would refuse later"),
            Map.entry("socket.send.buffer.bytes", "what the operating system would refuse later"),
            Map.entry("default.replication.factor", "one broker"),
            Map.entry("offsets.topic.replication.factor", "one broker"),
            Map.entry("max.connections", "0 would lock everybody out"),
            Map.entry("max.connections.per.ip", "0 needs overrides, which are not there"),
            Map.entry("controller.listener.names", "empty here"),
            Map.entry("group.coordinator.rebalance.protocols", "not streams"),
            Map.entry("group.consumer.assignors", "classes cannot be plugged in"),
            Map.entry("authorizer.class.name", "Kafka's validator only forbids null, which no value is"),
            Map.entry("controller.quorum.bootstrap.servers", "fixed, so Kafka's own validator has nothing to do"),
            Map.entry("controller.quorum.voters", "fixed, so Kafka's own validator has nothing to do"),
            Map.entry("follower.replication.throttled.replicas", "fixed, so Kafka's own validator has nothing to do"),
            Map.entry("leader.replication.throttled.replicas", "fixed, so Kafka's own validator has nothing to do"),
            Map.entry("log.roll.ms", "Kafka checks it apart from its definition"),
            Map.entry("log.roll.jitter.ms", "Kafka checks it apart from its definition"),
            Map.entry("log.retention.ms", "Kafka checks it apart from its definition"),
            Map.entry("log.retention.minutes", "Kafka checks it apart from its definition"),
            Map.entry("log.retention.hours", "Kafka checks it apart from its definition"),
            Map.entry("log.flush.interval.ms", "the topic's key behind it cannot be negative"),
            Map.entry("log.flush.scheduler.interval.ms", "the topic's key behind it cannot be negative"));

    /** Keys that Kafka changes at run time, and Headrace honours from the start of the broker on. */
    private static final Set<String> READ_AT_START = Set.of(
            "group.consumer.assignment.interval.ms",
            "listeners",
            "max.connections",
            "max.connections.per.ip",
            "num.network.threads",
            "producer.id.expiration.ms");

    @Test
    void everyKeyOfATopicIsListed() {
        assertThat(names(ConfigCatalog.topics()))
                .containsExactlyElementsOf(KafkaFacts.topicKeys().keySet());
    }

    @Test
    void everyKeyOfABrokerIsListedAndOursAreFew() {
        Set<String> expected = new TreeSet<>(KafkaFacts.brokerKeys().keySet());
        expected.addAll(OUR_OWN_KEYS);

        assertThat(names(ConfigCatalog.brokers())).containsExactlyElementsOf(expected);
    }

    @Test
    void typesAndImportanceAreKafkas() {
        assertThat(factsOfOurs(key -> key.type() + " " + key.importance()))
                .isEqualTo(factsOfKafkas(key -> key.type + " " + key.importance));
    }

    @Test
    void defaultsAreKafkasButForThoseWithAReason() {
        Map<String, String> ours = factsOfOurs(ConfigKey::defaultValue);
        Map<String, String> kafkas = factsOfKafkas(KafkaFacts::defaultValue);

        assertThat(differences(ours, kafkas)).isEqualTo(new TreeSet<>(OTHER_DEFAULTS.keySet()));
    }

    @Test
    void rangesAreKafkasButForThoseWithAReason() {
        Map<String, String> ours = factsOfOurs(key -> CatalogAgainstKafkaTest.inKafkasWords(key.validation()));
        Map<String, String> kafkas = factsOfKafkas(key -> inOneOrder(key.validator));

        assertThat(differences(ours, kafkas)).isEqualTo(new TreeSet<>(OTHER_VALUES.keySet()));
    }

    @Test
    void sensitiveKeysAreThoseThatKafkaHides() {
        for (ConfigKey key : ConfigCatalog.brokers().keys()) {
            assertThat(key.sensitive()).as(key.name()).isEqualTo(key.type() == ConfigType.PASSWORD);
        }
    }

    @Test
    void synonymsOfATopicsKeyAreTheBrokerKeysThatKafkaNames() {
        for (ConfigKey key : ConfigCatalog.topics().keys()) {
            List<String> kafkas = new ArrayList<>();
            for (ConfigSynonym synonym :
                    ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS.getOrDefault(key.name(), List.of())) {
                kafkas.add(synonym.name());
            }
            assertThat(key.synonyms()).as(key.name()).isEqualTo(kafkas);
        }
    }

    @Test
    void synonymsOfABrokersKeyAreKafkasInKafkasOrder() {
        for (String name : KafkaFacts.brokerKeys().keySet()) {
            assertThat(ConfigCatalog.brokers().key(name).synonyms())
                    .as(name)
                    .isEqualTo(DynamicBrokerConfig.brokerConfigSynonyms(name, true));
        }
    }

    @Test
    void whatCanChangeAtRunTimeIsKafkasButForWhatIsReadAtStart() {
        Map<String, String> modes = DynamicBrokerConfig.dynamicConfigUpdateModes();
        for (String name : KafkaFacts.brokerKeys().keySet()) {
            String mode = READ_AT_START.contains(name) ? "read-only" : modes.getOrDefault(name, "read-only");
            assertThat(ConfigCatalog.brokers().key(name).scope().name())
                    .as(name)
                    .isEqualTo(mode.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    @Test
    void everyDefaultIsAGoodValue() {
        for (ConfigCatalog catalog : List.of(ConfigCatalog.topics(), ConfigCatalog.brokers())) {
            for (ConfigKey key : catalog.keys()) {
                if (key.defaultValue() != null) {
                    assertThat(key.check(key.defaultValue())).as(key.name()).isInstanceOf(Verdict.Accepted.class);
                    assertThat(key.shown(key.defaultValue()))
                            .as(key.name())
                            .isEqualTo(key.sensitive() ? null : key.defaultValue());
                }
            }
        }
    }

    private static List<String> names(ConfigCatalog catalog) {
        List<String> names = new ArrayList<>();
        catalog.keys().forEach(key -> names.add(key.name()));
        return names;
    }

    private static Map<String, String> factsOfOurs(java.util.function.Function<ConfigKey, String> fact) {
        Map<String, String> facts = new TreeMap<>();
        ConfigCatalog.topics().keys().forEach(key -> facts.put("topic " + key.name(), fact.apply(key)));
        ConfigCatalog.brokers().keys().forEach(key -> facts.put("broker " + key.name(), fact.apply(key)));
        OUR_OWN_KEYS.forEach(key -> facts.remove("broker " + key));
        return facts;
    }

    private static Map<String, String> factsOfKafkas(java.util.function.Function<ConfigDef.ConfigKey, String> fact) {
        Map<String, String> facts = new TreeMap<>();
        KafkaFacts.topicKeys().values().forEach(key -> facts.put("topic " + key.name, fact.apply(key)));
        KafkaFacts.brokerKeys().values().forEach(key -> facts.put("broker " + key.name, fact.apply(key)));
        return facts;
    }

    /** The names of the keys on which the two disagree. */
    private static Set<String> differences(Map<String, String> ours, Map<String, String> kafkas) {
        Map<String, String> different = new LinkedHashMap<>(ours);
        different.entrySet().removeAll(kafkas.entrySet());
        Set<String> names = new TreeSet<>();
        different.keySet().forEach(kindAndName -> names.add(kindAndName.substring(kindAndName.indexOf(' ') + 1)));
        return names;
    }

    /** As Kafka prints its validators; of a list, with what it says about empty ones. */
    private static String inKafkasWords(Validation validation) {
        return switch (validation) {
            case Validation.Any() -> "null";
            case Validation.NonEmpty() -> "non-empty string";
            case Validation.Range(double least, double most, Long orElse) -> {
                String range = "[" + number(least) + ",..." + (Double.isInfinite(most) ? "" : "," + number(most)) + "]";
                yield orElse == null ? range : range + " or " + orElse;
            }
            case Validation.OneOf(List<String> words, boolean ignoreCase) ->
                (ignoreCase ? "(case insensitive) " : "") + sorted(words);
            case Validation.ListOf(List<String> words, boolean mayBeEmpty) ->
                "list of " + sorted(words) + " " + mayBeEmpty;
        };
    }

    private static String inOneOrder(ConfigDef.Validator validator) {
        String text = String.valueOf(validator);
        if (validator instanceof ConfigDef.ValidList list) {
            return "list of " + sorted(split(text)) + " " + takesAnEmptyOne(list);
        }
        if (validator instanceof ConfigDef.ValidString) {
            return sorted(split(text));
        }
        String caseInsensitive = "(case insensitive) ";
        return text.startsWith(caseInsensitive)
                ? caseInsensitive + sorted(split(text.substring(caseInsensitive.length())))
                : text;
    }

    private static boolean takesAnEmptyOne(ConfigDef.ValidList list) {
        try {
            list.ensureValid("probe", List.of());
            return true;
        } catch (org.apache.kafka.common.config.ConfigException refused) {
            return false;
        }
    }

    private static List<String> split(String bracketed) {
        String inside = bracketed.startsWith("[") ? bracketed.substring(1, bracketed.length() - 1) : bracketed;
        return inside.isEmpty() ? List.of() : Arrays.asList(inside.split(", "));
    }

    private static String sorted(List<String> words) {
        return new TreeSet<>(words).toString();
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
