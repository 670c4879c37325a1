package io.headrace.app.server;

import io.headrace.broker.Broker;
import io.headrace.wire.ApiKey;
import io.headrace.wire.BatchBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * The short life of a broker from which the JVM learns what a start needs ({@code -XX:AOTCacheOutput}). It walks the way
 * of {@link Server} and of a client's first minutes, and loads nothing that a broker does not load: the JVM would bring
 * that back at every start. Runs on one thread, beside the broker's own.
 */
public final class TrainingRun {

    private static final String TOPIC = "train";
    private static final int ROUNDS = 200;
    private static final short ACKS_ALL = -1;
    private static final int TIMEOUT_MS = 10_000;
    private static final int MAX_BYTES = 1 << 20;
    private static final long EARLIEST = -2;
    private static final int CONSUMER = -1;
    private static final byte[] VALUE = "a value of ordinary size, as records go".getBytes(StandardCharsets.US_ASCII);

    private final RawConnection connection;

    private TrainingRun(RawConnection connection) {
        this.connection = connection;
    }

    /** Runs a broker in a directory that it makes and deletes. */
    public static void run() throws IOException {
        Path data = Files.createTempDirectory("headrace-train-");
        try {
            live(data, true);
            live(data, false);
        } finally {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void live(Path data, boolean firstLife) throws IOException {
        StartOptions options = PlainStart.parse(new String[] {"start", "--data", data.toString(), "--port", "0"});
        try (Broker broker = Broker.start(settings(options));
                RawConnection connection = new RawConnection(broker.address())) {
            TrainingRun run = new TrainingRun(connection);
            run.greet();
            if (firstLife) {
                run.createTopic();
            }
            Uuid topicId = run.topicId();
            for (int round = 0; round < ROUNDS; round++) {
                run.produce(topicId);
                run.fetch(topicId, round);
            }
        }
    }

    private static Map<String, String> settings(StartOptions options) throws IOException {
        try {
            Map<String, String> settings = BrokerSettings.of(options);
            // Nobody else shall come to this broker.
            settings.put("listeners", "PLAINTEXT://localhost:0");
            return settings;
        } catch (BrokerSettings.Refused refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private void greet() throws IOException {
        ApiVersionsRequestData request =
                new ApiVersionsRequestData().setClientSoftwareName("headrace").setClientSoftwareVersion("0");
        connection.exchange(ApiKey.API_VERSIONS, 4, request, new ApiVersionsResponseData());
        connection.exchange(ApiKey.API_VERSIONS, 0, new ApiVersionsRequestData(), new ApiVersionsResponseData());
        InitProducerIdRequestData producer =
                new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(TIMEOUT_MS);
        connection.exchange(ApiKey.INIT_PRODUCER_ID, 5, producer, new InitProducerIdResponseData());
    }

    private void createTopic() throws IOException {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(TIMEOUT_MS);
        request.topics()
                .add(new CreatableTopic().setName(TOPIC).setNumPartitions(1).setReplicationFactor((short) 1));
        connection.exchange(ApiKey.CREATE_TOPICS, 7, request, new CreateTopicsResponseData());
    }

    private Uuid topicId() throws IOException {
        MetadataRequestData request =
                new MetadataRequestData().setTopics(List.of(new MetadataRequestTopic().setName(TOPIC)));
        MetadataResponseData response = connection.exchange(ApiKey.METADATA, 12, request, new MetadataResponseData());
        ListOffsetsPartition partition =
                new ListOffsetsPartition().setPartitionIndex(0).setTimestamp(EARLIEST);
        ListOffsetsRequestData offsets = new ListOffsetsRequestData()
                .setReplicaId(CONSUMER)
                .setTopics(List.of(new ListOffsetsTopic().setName(TOPIC).setPartitions(List.of(partition))));
        connection.exchange(ApiKey.LIST_OFFSETS, 7, offsets, new ListOffsetsResponseData());
        return response.topics().find(TOPIC).topicId();
    }

    private void produce(Uuid topicId) throws IOException {
        ByteBuffer batch = new BatchBuilder()
                .append(System.currentTimeMillis(), ByteBuffer.wrap(VALUE), ByteBuffer.wrap(VALUE))
                .build(0, 0);
        ProduceRequestData request = new ProduceRequestData()
                .setTransactionalId(null)
                .setAcks(ACKS_ALL)
                .setTimeoutMs(TIMEOUT_MS);
        PartitionProduceData partition =
                new PartitionProduceData().setIndex(0).setRecords(MemoryRecords.readableRecords(batch));
        request.topicData().add(new TopicProduceData().setTopicId(topicId).setPartitionData(List.of(partition)));
        connection.exchange(ApiKey.PRODUCE, 13, request, new ProduceResponseData());
    }

    private void fetch(Uuid topicId, long offset) throws IOException {
        FetchPartition partition =
                new FetchPartition().setPartition(0).setFetchOffset(offset).setPartitionMaxBytes(MAX_BYTES);
        FetchRequestData request = new FetchRequestData()
                .setMinBytes(1)
                .setMaxBytes(MAX_BYTES)
                .setMaxWaitMs(TIMEOUT_MS)
                .setSessionEpoch(-1)
                .setTopics(List.of(new FetchTopic().setTopicId(topicId).setPartitions(List.of(partition))));
        connection.exchange(ApiKey.FETCH, 17, request, new FetchResponseData());
    }
}
