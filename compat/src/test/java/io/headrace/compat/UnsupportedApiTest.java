package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is not there yet is not advertised, and clients say so at once, in the protocol's own words. */
class UnsupportedApiTest {

    private static final Set<ApiKeys> SUPPORTED = new TreeSet<>(List.of(
            ApiKeys.PRODUCE,
            ApiKeys.FETCH,
            ApiKeys.LIST_OFFSETS,
            ApiKeys.METADATA,
            ApiKeys.OFFSET_COMMIT,
            ApiKeys.OFFSET_FETCH,
            ApiKeys.FIND_COORDINATOR,
            ApiKeys.JOIN_GROUP,
            ApiKeys.HEARTBEAT,
            ApiKeys.LEAVE_GROUP,
            ApiKeys.SYNC_GROUP,
            ApiKeys.DESCRIBE_GROUPS,
            ApiKeys.LIST_GROUPS,
            ApiKeys.API_VERSIONS,
            ApiKeys.ADD_PARTITIONS_TO_TXN,
            ApiKeys.ADD_OFFSETS_TO_TXN,
            ApiKeys.END_TXN,
            ApiKeys.WRITE_TXN_MARKERS,
            ApiKeys.TXN_OFFSET_COMMIT,
            ApiKeys.DESCRIBE_TRANSACTIONS,
            ApiKeys.LIST_TRANSACTIONS,
            ApiKeys.CREATE_TOPICS,
            ApiKeys.DELETE_TOPICS,
            ApiKeys.DELETE_RECORDS,
            ApiKeys.INIT_PRODUCER_ID,
            ApiKeys.OFFSET_FOR_LEADER_EPOCH,
            ApiKeys.DESCRIBE_CONFIGS,
            ApiKeys.ALTER_CONFIGS,
            ApiKeys.ALTER_REPLICA_LOG_DIRS,
            ApiKeys.ELECT_LEADERS,
            ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
            ApiKeys.LIST_PARTITION_REASSIGNMENTS,
            ApiKeys.DESCRIBE_QUORUM,
            ApiKeys.UPDATE_FEATURES,
            ApiKeys.DESCRIBE_LOG_DIRS,
            ApiKeys.CREATE_PARTITIONS,
            ApiKeys.DELETE_GROUPS,
            ApiKeys.INCREMENTAL_ALTER_CONFIGS,
            ApiKeys.OFFSET_DELETE,
            ApiKeys.DESCRIBE_CLUSTER,
            ApiKeys.DESCRIBE_PRODUCERS,
            ApiKeys.CONSUMER_GROUP_HEARTBEAT,
            ApiKeys.CONSUMER_GROUP_DESCRIBE,
            ApiKeys.LIST_CONFIG_RESOURCES,
            ApiKeys.DESCRIBE_TOPIC_PARTITIONS));

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @BeforeAll
    static void kafkaSupportsAllOfThem() {
        assumeFalse(TestServer.isKafka(), "Kafka has these APIs");
    }

    @Test
    void exactlyTheSupportedApisAreAdvertisedWithKafkasVersions() throws Exception {
        try (RawClient client = RawClient.connect(server.process().port())) {
            ApiVersionsResponseData answer = client.call(
                    new ApiVersionsRequestData().setClientSoftwareName("raw").setClientSoftwareVersion("1"),
                    4,
                    new ApiVersionsResponseData());

            Set<ApiKeys> advertised = new TreeSet<>();
            for (ApiVersion api : answer.apiKeys()) {
                ApiKeys key = ApiKeys.forId(api.apiKey());
                advertised.add(key);
                // Kafka says so of Produce, since librdkafka would do without compression otherwise (KAFKA-18659).
                short oldest = key == ApiKeys.PRODUCE ? 0 : key.oldestVersion();
                assertThat(api.minVersion()).as("%s from", key).isEqualTo(oldest);
                assertThat(api.maxVersion()).as("%s to", key).isEqualTo(key.latestVersion(false));
            }
            assertThat(advertised).isEqualTo(SUPPORTED);
        }
    }

    @Test
    void anApiVersionsOfTheFutureIsAnsweredInTheOldestWay() throws Exception {
        try (RawClient client = RawClient.connect(server.process().port())) {
            byte[] frame = RawClient.frame(new ApiVersionsRequestData(), 0, 7);
            frame[7] = 99;
            client.write(frame);

            ApiVersionsResponseData answer = client.receive(0, new ApiVersionsResponseData(), 7);

            assertThat(answer.errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
            assertThat(answer.apiKeys().find(ApiKeys.API_VERSIONS.id).maxVersion())
                    .isEqualTo(ApiKeys.API_VERSIONS.latestVersion(false));
        }
    }

    @Test
    void aRequestThatIsNotAdvertisedCostsTheConnection() throws Exception {
        try (RawClient client = RawClient.connect(server.process().port())) {
            client.send(new DescribeClientQuotasRequestData(), 1);

            assertThat(client.awaitClose()).isZero();
        }
    }

    @Test
    void theAdminClientIsToldSo() throws Exception {
        Admin admin = server.clients().admin();

        assertUnsupported(admin.describeAcls(AclBindingFilter.ANY).values());
        assertUnsupported(admin.describeUserScramCredentials().all());
        assertUnsupported(admin.describeClientQuotas(ClientQuotaFilter.all()).entities());
        assertUnsupported(admin.describeDelegationToken().delegationTokens());
    }

    private static void assertUnsupported(KafkaFuture<?> future) throws InterruptedException {
        assertThat(JavaClients.failure(future)).isInstanceOf(UnsupportedVersionException.class);
    }
}
