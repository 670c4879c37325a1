package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.utils.internals.ImplicitLinkedHashCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {

    /** All that the decoder reads, so that none is added without being tried here. */
    static final List<ApiKey> SERVED =
            Arrays.stream(ApiKey.values()).filter(RequestDecoderTest::isServed).toList();

    private static boolean isServed(ApiKey api) {
        RequestHeader header = new RequestHeader(api, api.lowestVersion(), 0, null);
        try {
            RequestDecoder.decode(header, new ByteReader(ByteBuffer.allocate(0)));
            return true;
        } catch (MalformedMessage refused) {
            return !refused.getMessage().endsWith("is not served");
        }
    }

    private static final Set<ApiKey> READ_BY_KEYED_REQUESTS = Set.of(
            ApiKey.PRODUCE,
            ApiKey.JOIN_GROUP,
            ApiKey.OFFSET_DELETE,
            ApiKey.CREATE_TOPICS,
            ApiKey.OFFSET_FOR_LEADER_EPOCH,
            ApiKey.ALTER_CONFIGS,
            ApiKey.DESCRIBE_LOG_DIRS,
            ApiKey.CREATE_PARTITIONS,
            ApiKey.INCREMENTAL_ALTER_CONFIGS,
            ApiKey.ADD_PARTITIONS_TO_TXN,
            ApiKey.ALTER_REPLICA_LOG_DIRS,
            ApiKey.ELECT_LEADERS,
            ApiKey.UPDATE_FEATURES,
            ApiKey.DESCRIBE_PRODUCERS);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void everyRequestAtEveryVersionReadsAsTheGeneratedClassReadsIt(long seed) {
        RandomMessages messages = new RandomMessages(new Random(seed));
        for (ApiKey api : SERVED) {
            ApiMessageType type = ApiMessageType.fromApiKey(api.id());
            for (short version = api.lowestVersion(); version <= api.highestVersion(); version++) {
                ByteBuffer bytes = messages.message(type.requestSchemas()[version]);
                ApiMessage expected = type.newRequest();
                expected.read(new ByteBufferAccessor(bytes.duplicate()), version);

                ApiMessage decoded = decode(api, version, bytes);

                assertThat(decoded).as("%s %d", api, version).isEqualTo(expected);
                assertThat(encoded(decoded, version)).isEqualTo(encoded(expected, version));
                assertThat(bytes.remaining()).isZero();
            }
        }
    }

    @Test
    void noGeneratedReaderFillsAKeyedCollection() throws ReflectiveOperationException {
        for (ApiKey api : SERVED) {
            Class<?> request = ApiMessageType.fromApiKey(api.id()).newRequest().getClass();
            boolean keyed = false;
            for (Class<?> nested : request.getDeclaredClasses()) {
                keyed |= ImplicitLinkedHashCollection.class.isAssignableFrom(nested);
            }

            assertThat(READ_BY_KEYED_REQUESTS.contains(api))
                    .as("%s is read by KeyedRequests", api)
                    .isEqualTo(keyed);
        }
    }

    @Test
    void noElementOfAKeyedRequestHidesAnotherKeyedCollection() {
        List<String> nestedCollections = new ArrayList<>();
        for (ApiKey api : READ_BY_KEYED_REQUESTS) {
            Class<?> request = ApiMessageType.fromApiKey(api.id()).newRequest().getClass();
            for (Class<?> nested : request.getDeclaredClasses()) {
                for (Field field : nested.getDeclaredFields()) {
                    if (ImplicitLinkedHashCollection.class.isAssignableFrom(field.getType())) {
                        nestedCollections.add(
                                request.getSimpleName() + " " + nested.getSimpleName() + "." + field.getName());
                    }
                }
            }
        }

        assertThat(nestedCollections)
                .as("those that KeyedRequests reads itself")
                .containsExactlyInAnyOrder(
                        "AlterReplicaLogDirsRequestData AlterReplicaLogDir.topics",
                        "CreateTopicsRequestData CreatableTopic.assignments",
                        "CreateTopicsRequestData CreatableTopic.configs",
                        "AlterConfigsRequestData AlterConfigsResource.configs",
                        "IncrementalAlterConfigsRequestData AlterConfigsResource.configs",
                        "AddPartitionsToTxnRequestData AddPartitionsToTxnTransaction.topics");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 32, 33, 2_000, 20_000})
    void manyDistinctTopicsAreRead(int topics) {
        ByteBuffer body = produceHeader(topics);
        for (int i = 0; i < topics; i++) {
            byte[] name = ("topic-" + i).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            body.putShort((short) name.length).put(name).putInt(0);
        }

        ProduceRequestData request = (ProduceRequestData) decode(ApiKey.PRODUCE, (short) 3, body.flip());

        assertThat(request.topicData()).hasSize(topics);
        assertThat(request.topicData().valuesList().getLast().name()).isEqualTo("topic-" + (topics - 1));
    }

    @Test
    void aTopicNamedManyTimesIsRefusedBeforeItCostsTime() {
        int topics = 1_000_000;
        ByteBuffer body = produceHeader(topics);
        for (int i = 0; i < topics; i++) {
            body.putShort((short) 0).putInt(0);
        }

        assertThatThrownBy(() -> decode(ApiKey.PRODUCE, (short) 3, body.flip()))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("equal keys");
    }

    @Test
    void anArrayOverTheLimitIsRefusedEvenIfTheFrameHasTheBytes() {
        int topics = Limits.ARRAY_ELEMENTS + 1;
        ByteBuffer produce = produceHeader(topics);
        ByteBuffer metadata = ByteBuffer.allocate(topics * 2 + 100).putInt(0, topics);

        assertThatThrownBy(() -> decode(ApiKey.PRODUCE, (short) 3, produce.clear()))
                .isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> decode(ApiKey.METADATA, (short) 1, metadata))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("1000001");
    }

    @Test
    void anApiThatIsNotServedOrAVersionThatDoesNotExistIsMalformed() {
        ByteBuffer body = ByteBuffer.allocate(100);

        assertThatThrownBy(() -> decode(ApiKey.FETCH_SNAPSHOT, (short) 0, body)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> decode(ApiKey.FETCH, (short) 3, body)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> decode(ApiKey.API_VERSIONS, (short) -1, body)).isInstanceOf(MalformedMessage.class);
    }

    /** Up to and with the number of topics of a Produce request of version 3. */
    private static ByteBuffer produceHeader(int topics) {
        return ByteBuffer.allocate(100 + topics * 20)
                .putShort((short) -1)
                .putShort((short) 1)
                .putInt(1000)
                .putInt(topics);
    }

    static ApiMessage decode(ApiKey api, short version, ByteBuffer body) {
        return RequestDecoder.decode(new RequestHeader(api, version, 1, null), new ByteReader(body));
    }

    private static ByteBuffer encoded(ApiMessage message, short version) {
        return MessageUtil.toByteBufferAccessor(message, version).buffer();
    }
}
