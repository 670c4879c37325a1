package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResourceCollection;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfigCollection;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigAdminTest {

    private static final ConfigResource BROKER = new ConfigResource(ConfigResource.Type.BROKER, "1");
    private static final ConfigResource ALL_BROKERS = new ConfigResource(ConfigResource.Type.BROKER, "");

    @RegisterExtension
    static final TestServer server =
            TestServer.withDefaults().set("log.retention.hours", "48").set("log.roll.ms", "86400000");

    @Test
    void aGroupHasConfigurationsOfItsOwn() throws Exception {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "configured");
        assertThat(describe(group).get("consumer.session.timeout.ms").value()).isEqualTo("45000");

        alter(group, new ConfigEntry("consumer.session.timeout.ms", "50000"), OpType.SET)
                .get();

        ConfigEntry own = describe(group).get("consumer.session.timeout.ms");
        assertThat(own.value()).isEqualTo("50000");
        assertThat(own.source()).isEqualTo(ConfigSource.DYNAMIC_GROUP_CONFIG);
        assertThat(admin().listConfigResources(Set.of(ConfigResource.Type.GROUP), new ListConfigResourcesOptions())
                        .all()
                        .get())
                .containsExactly(group);
        assertThat(JavaClients.failure(alter(group, new ConfigEntry("consumer.session.timeout.ms", "1"), OpType.SET)))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void everyTopicKeyIsDescribedWithWhereItsValueComesFrom() throws Exception {
        ConfigResource topic = topic("all-keys", Map.of("segment.bytes", "2000000"));

        Config described = describe(topic);

        assertThat(described.entries())
                .hasSizeGreaterThan(30)
                .allSatisfy(entry -> assertThat(entry.documentation()).isNotBlank());
        assertThat(described.entries()).extracting(ConfigEntry::type).doesNotContain(ConfigEntry.ConfigType.UNKNOWN);
        ConfigEntry own = described.get("segment.bytes");
        assertThat(own.value()).isEqualTo("2000000");
        assertThat(own.source()).isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(own.type()).isEqualTo(ConfigEntry.ConfigType.INT);
        assertThat(own.isDefault()).isFalse();
        assertThat(own.synonyms())
                .extracting(ConfigEntry.ConfigSynonym::name)
                .containsExactly("segment.bytes", "log.segment.bytes");
        assertThat(described.get("retention.ms").value()).isEqualTo(Long.toString(48 * 3_600_000L));
        ConfigEntry brokers = described.get("segment.ms");
        assertThat(brokers.value()).isEqualTo("86400000");
        assertThat(brokers.source()).isEqualTo(ConfigSource.STATIC_BROKER_CONFIG);
        ConfigEntry untouched = described.get("compression.type");
        assertThat(untouched.value()).isEqualTo("producer");
        assertThat(untouched.source()).isEqualTo(ConfigSource.DEFAULT_CONFIG);
        assertThat(untouched.isDefault()).isTrue();
    }

    @Test
    void everyBrokerKeyIsDescribed() throws Exception {
        Config described = describe(BROKER);

        assertThat(described.entries())
                .hasSizeGreaterThan(100)
                .allSatisfy(entry -> assertThat(entry.documentation()).isNotBlank());
        assertThat(described.get("log.retention.hours").value()).isEqualTo("48");
        assertThat(described.get("log.retention.hours").source()).isEqualTo(ConfigSource.STATIC_BROKER_CONFIG);
        assertThat(described.get("node.id").isReadOnly()).isTrue();
        assertThat(described.get("log.retention.ms").isReadOnly()).isFalse();
        assertThat(described.get("num.partitions").value()).isEqualTo("1");
    }

    @Test
    void aTopicsKeyIsSetAndTakenBack() throws Exception {
        ConfigResource topic = topic("set-and-delete", Map.of());

        alter(topic, new ConfigEntry("max.message.bytes", "12345"), OpType.SET).get();
        assertThat(describe(topic).get("max.message.bytes").value()).isEqualTo("12345");
        assertThat(describe(topic).get("max.message.bytes").source()).isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);

        alter(topic, new ConfigEntry("max.message.bytes", ""), OpType.DELETE).get();
        assertThat(describe(topic).get("max.message.bytes").value()).isEqualTo("1048588");
        assertThat(describe(topic).get("max.message.bytes").source()).isEqualTo(ConfigSource.DEFAULT_CONFIG);
    }

    @Test
    void listsAreAppendedToAndSubtractedFrom() throws Exception {
        ConfigResource topic = topic("lists", Map.of());

        alter(topic, new ConfigEntry("cleanup.policy", "delete"), OpType.SUBTRACT)
                .get();
        assertThat(describe(topic).get("cleanup.policy").value()).isEmpty();

        alter(topic, new ConfigEntry("cleanup.policy", "delete"), OpType.APPEND).get();
        assertThat(describe(topic).get("cleanup.policy").value()).isEqualTo("delete");

        // Once more changes nothing.
        alter(topic, new ConfigEntry("cleanup.policy", "delete"), OpType.APPEND).get();
        assertThat(describe(topic).get("cleanup.policy").value()).isEqualTo("delete");
    }

    @Test
    void onlyListsAreAppendedTo() throws Exception {
        ConfigResource topic = topic("no-list", Map.of());

        assertThat(JavaClients.failure(alter(topic, new ConfigEntry("retention.ms", "5"), OpType.APPEND)))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retention.ms=soon",
                "retention.ms=-2",
                "segment.bytes=5",
                "compression.type=brotli",
                "no.such.key=1",
                "min.insync.replicas=0",
                "message.timestamp.type=Noon"
            })
    void whatMakesNoSenseIsRefused(String setting) throws Exception {
        int equals = setting.indexOf('=');
        ConfigResource topic = topic("nonsense-" + setting.substring(0, equals) + setting.hashCode(), Map.of());
        ConfigEntry entry = new ConfigEntry(setting.substring(0, equals), setting.substring(equals + 1));

        Throwable refused = JavaClients.failure(alter(topic, entry, OpType.SET));

        assertThat(refused).isInstanceOf(InvalidConfigurationException.class);
        assertThat(refused.getMessage()).contains(entry.name());
    }

    @Test
    void aRefusedChangeChangesNothing() throws Exception {
        ConfigResource topic = topic("all-or-nothing", Map.of());

        KafkaFuture<Void> refused = admin().incrementalAlterConfigs(Map.of(
                        topic,
                        List.of(
                                new AlterConfigOp(new ConfigEntry("retention.ms", "77"), OpType.SET),
                                new AlterConfigOp(new ConfigEntry("segment.bytes", "-1"), OpType.SET))))
                .all();

        assertThat(JavaClients.failure(refused)).isInstanceOf(InvalidConfigurationException.class);
        assertThat(describe(topic).get("retention.ms").value()).isEqualTo(Long.toString(48 * 3_600_000L));
    }

    @Test
    void whatIsOnlyValidatedIsNotChanged() throws Exception {
        ConfigResource topic = topic("validated", Map.of());

        admin().incrementalAlterConfigs(
                        Map.of(
                                topic,
                                List.of(new AlterConfigOp(new ConfigEntry("segment.bytes", "3000000"), OpType.SET))),
                        new AlterConfigsOptions().validateOnly(true))
                .all()
                .get();

        assertThat(describe(topic).get("segment.bytes").value()).isEqualTo("1073741824");
    }

    @Test
    void anUnknownTopicHasNoConfiguration() throws Exception {
        ConfigResource absent = new ConfigResource(ConfigResource.Type.TOPIC, "absent");

        assertThat(JavaClients.failure(admin().describeConfigs(List.of(absent)).all()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(JavaClients.failure(alter(absent, new ConfigEntry("retention.ms", "1"), OpType.SET)))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void aBrokersKeyChangesWhileItRuns() throws Exception {
        ConfigResource topic = topic("follows-broker", Map.of());

        alter(ALL_BROKERS, new ConfigEntry("log.index.interval.bytes", "9999"), OpType.SET)
                .get();
        Eventually.until(
                "the cluster's value",
                () -> describe(topic).get("index.interval.bytes").value().equals("9999"));
        assertThat(describe(topic).get("index.interval.bytes").source())
                .isEqualTo(ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);

        alter(BROKER, new ConfigEntry("log.index.interval.bytes", "8888"), OpType.SET)
                .get();
        Eventually.until(
                "the broker's value",
                () -> describe(topic).get("index.interval.bytes").value().equals("8888"));
        assertThat(describe(topic).get("index.interval.bytes").source()).isEqualTo(ConfigSource.DYNAMIC_BROKER_CONFIG);

        alter(BROKER, new ConfigEntry("log.index.interval.bytes", ""), OpType.DELETE)
                .get();
        alter(ALL_BROKERS, new ConfigEntry("log.index.interval.bytes", ""), OpType.DELETE)
                .get();
        Eventually.until(
                "the default",
                () -> describe(topic).get("index.interval.bytes").value().equals("4096"));
    }

    @Test
    void aBrokersKeyThatIsReadAtStartIsRefused() throws Exception {
        assertThat(JavaClients.failure(alter(BROKER, new ConfigEntry("node.id", "2"), OpType.SET)))
                .isInstanceOf(InvalidRequestException.class);
    }

    /** The Java client never sends one, kafkajs does. */
    @Test
    void anEmptyListOfKeysAsksForAllOfThem() throws Exception {
        ConfigResource topic = topic("no-key-named", Map.of());
        DescribeConfigsRequestData request = new DescribeConfigsRequestData()
                .setResources(List.of(new DescribeConfigsResource()
                        .setResourceType(topic.type().id())
                        .setResourceName(topic.name())
                        .setConfigurationKeys(List.of())));
        try (RawClient client = RawClient.connect(server.process().port())) {
            DescribeConfigsResponseData answer = client.call(request, 4, new DescribeConfigsResponseData());

            assertThat(answer.results().getFirst().configs())
                    .hasSameSizeAs(describe(topic).entries());
        }
    }

    /** The older request replaces all that was set before. The client has no method for it any more. */
    @Test
    void theOlderAlterConfigsReplacesEverything() throws Exception {
        ConfigResource topic = topic("legacy", Map.of("retention.ms", "111", "segment.ms", "222"));
        AlterableConfigCollection configs = new AlterableConfigCollection();
        configs.add(new AlterableConfig().setName("segment.ms").setValue("333"));
        AlterConfigsResourceCollection resources = new AlterConfigsResourceCollection();
        resources.add(new AlterConfigsResource()
                .setResourceType(topic.type().id())
                .setResourceName(topic.name())
                .setConfigs(configs));

        try (RawClient client = RawClient.connect(server.process().port())) {
            AlterConfigsResponseData answer = client.call(
                    new AlterConfigsRequestData().setResources(resources), 2, new AlterConfigsResponseData());
            assertThat(answer.responses()).hasSize(1);
            assertThat(answer.responses().getFirst().errorCode()).isEqualTo(Errors.NONE.code());
        }

        Eventually.until(
                "the new value", () -> describe(topic).get("segment.ms").value().equals("333"));
        assertThat(describe(topic).get("retention.ms").value()).isEqualTo(Long.toString(48 * 3_600_000L));
    }

    private static Admin admin() {
        return server.clients().admin();
    }

    private static ConfigResource topic(String name, Map<String, String> configs) throws Exception {
        server.clients().createTopic(name, 1, configs);
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static Config describe(ConfigResource resource) throws Exception {
        DescribeConfigsOptions everything =
                new DescribeConfigsOptions().includeDocumentation(true).includeSynonyms(true);
        return admin().describeConfigs(List.of(resource), everything)
                .all()
                .get()
                .get(resource);
    }

    private static KafkaFuture<Void> alter(ConfigResource resource, ConfigEntry entry, OpType how) {
        return admin().incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(entry, how))))
                .all();
    }
}
