package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kafka.server.ConfigHelper;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Values, sources and synonyms are what Kafka's own DescribeConfigs answers with for the same settings. */
class DescribeAgainstKafkaTest {

    /** Without these Kafka does not start, and they are nobody's question here. */
    private static final Map<String, String> WHAT_KAFKA_NEEDS = Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners", "PLAINTEXT://:9092,CONTROLLER://:9093",
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.quorum.voters", "1@localhost:9093");

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.metadata.config.RandomSettings#seeds")
    void aTopicIsDescribedAsKafkaDescribesIt(long seed) {
        Random random = new Random(seed);
        Map<String, String> overrides = RandomSettings.ofTopic(random);
        ConfigLayers broker = RandomSettings.ofBroker(random);
        KafkaConfig kafka = kafka(broker);
        Properties topic = properties(overrides);
        LogConfig logConfig = LogConfig.fromProps(kafka.extractLogConfigMap(), topic);
        ConfigHelper helper = new ConfigHelper(null, kafka, null);

        for (ResolvedConfig config : TopicConfigs.describe(overrides, broker)) {
            String name = config.key().name();
            Object value = logConfig.values().get(name);
            DescribeConfigsResourceResult theirs =
                    helper.createTopicConfigEntry(logConfig, topic, true, false, name, value);
            assertThat(inWords(config)).isEqualTo(inWords(theirs));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.metadata.config.RandomSettings#seeds")
    void aBrokerIsDescribedAsKafkaDescribesIt(long seed) {
        ConfigLayers broker = RandomSettings.ofBroker(new Random(seed));

        Map<String, String> theirs = describedByKafka(kafka(broker), "1");

        for (ResolvedConfig config : BrokerConfigs.describe(broker)) {
            String name = config.key().name();
            boolean drawn = name.startsWith("log.") && !name.equals("log.dir")
                    || broker.file().containsKey(name);
            if (drawn && !outdoneAtRunTime(config.key(), broker)) {
                assertThat(inWords(config)).isEqualTo(theirs.get(name));
            }
        }
    }

    /**
     * Whether another key of the same setting was set at run time. Kafka then shows the default as the value of this one,
     * beside a source and synonyms that say it was set; we show what was set.
     */
    private static boolean outdoneAtRunTime(ConfigKey key, ConfigLayers broker) {
        Set<String> atRunTime = new TreeSet<>(broker.perBroker().keySet());
        atRunTime.addAll(broker.clusterWide().keySet());
        atRunTime.remove(key.name());
        for (String name : atRunTime) {
            if (ConfigCatalog.brokers().key(name).synonyms().contains(key.name())) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.metadata.config.RandomSettings#seeds")
    void whatIsSetForAllBrokersIsDescribedAsKafkaDescribesIt(long seed) {
        ConfigLayers broker = RandomSettings.ofBroker(new Random(seed));

        Map<String, String> ours = new TreeMap<>();
        for (ResolvedConfig config : BrokerConfigs.describeForAll(broker)) {
            ours.put(config.key().name(), inWords(config));
        }

        assertThat(ours).isEqualTo(describedByKafka(kafka(broker), ""));
    }

    private static Map<String, String> describedByKafka(KafkaConfig kafka, String brokerName) {
        DescribeConfigsResource resource = new DescribeConfigsResource()
                .setResourceType(ConfigResource.Type.BROKER.id())
                .setResourceName(brokerName);
        ConfigHelper helper = new ConfigHelper(null, kafka, null);
        var results = helper.describeConfigs(
                CollectionConverters.asScala(List.of(resource)).toList(), true, false);
        Map<String, String> described = new TreeMap<>();
        for (DescribeConfigsResourceResult config : results.head().configs()) {
            described.put(config.name(), inWords(config));
        }
        return described;
    }

    private static KafkaConfig kafka(ConfigLayers broker) {
        Properties file = properties(WHAT_KAFKA_NEEDS);
        file.putAll(broker.file());
        KafkaConfig kafka = KafkaConfig.fromProps(file);
        kafka.dynamicConfig().initialize(Option.empty());
        kafka.dynamicConfig().updateDefaultConfig(properties(broker.clusterWide()), false);
        kafka.dynamicConfig().updateBrokerConfig(1, properties(broker.perBroker()), false);
        return kafka;
    }

    private static Properties properties(Map<String, String> map) {
        Properties properties = new Properties();
        properties.putAll(map);
        return properties;
    }

    private static String inWords(ResolvedConfig config) {
        List<String> synonyms = new ArrayList<>();
        for (ConfigSynonym synonym : config.synonyms()) {
            synonyms.add(synonym.name() + "=" + synonym.value() + " from "
                    + synonym.source().code());
        }
        return config.key().name() + "=" + config.value() + " from "
                + config.source().code() + " of type " + config.key().type().code() + synonyms;
    }

    private static String inWords(DescribeConfigsResourceResult config) {
        List<String> synonyms = new ArrayList<>();
        for (DescribeConfigsSynonym synonym : config.synonyms()) {
            synonyms.add(synonym.name() + "=" + synonym.value() + " from " + synonym.source());
        }
        return config.name() + "=" + config.value() + " from " + config.configSource() + " of type "
                + config.configType() + synonyms;
    }
}
