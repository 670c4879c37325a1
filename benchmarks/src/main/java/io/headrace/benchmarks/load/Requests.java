package io.headrace.benchmarks.load;

import io.headrace.compat.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Records;

/** The frames that are sent; with names of topics, which need no lookup first. */
public final class Requests {

    public static final int RECORD_BYTES = 1_000;

    private static final short PRODUCE_VERSION = 11;
    private static final short FETCH_VERSION = 12;
    private static final short CREATE_TOPICS_VERSION = 7;
    private static final short DELETE_TOPICS_VERSION = 5;
    private static final short LIST_OFFSETS_VERSION = 8;
    private static final short ALTER_CONFIGS_VERSION = 1;
    private static final byte TOPIC_RESOURCE = 2;
    private static final byte SET = 0;
    private static final int ACKS_ALL = -1;
    private static final int LATEST = -1;
    private static final int PATIENCE_MS = 180_000;

    /** To ask for a thousand partitions takes the broker a while, which it does not have for creating them. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Requests() {}

    static void createTopic(RawClient client, String topic, int partitions, Map<String, String> configs)
            throws IOException {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(PATIENCE_MS);
        CreatableTopic creation =
                new CreatableTopic().setName(topic).setNumPartitions(partitions).setReplicationFactor((short) 1);
        configs.forEach((key, value) ->
                creation.configs().add(new CreatableTopicConfig().setName(key).setValue(value)));
        request.topics().add(creation);
        var answer = client.call(request, CREATE_TOPICS_VERSION, new CreateTopicsResponseData());
        require(answer.topics().find(topic).errorCode() == 0, answer);
    }

    static void configureTopic(RawClient client, String topic, String key, String value) throws IOException {
        AlterConfigsResource resource =
                new AlterConfigsResource().setResourceType(TOPIC_RESOURCE).setResourceName(topic);
        resource.configs()
                .add(new AlterableConfig().setName(key).setValue(value).setConfigOperation(SET));
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        request.resources().add(resource);
        var answer = client.call(request, ALTER_CONFIGS_VERSION, new IncrementalAlterConfigsResponseData());
        require(answer.responses().getFirst().errorCode() == 0, answer);
    }

    static void deleteTopic(RawClient client, String topic) throws IOException {
        DeleteTopicsRequestData request =
                new DeleteTopicsRequestData().setTopicNames(List.of(topic)).setTimeoutMs(PATIENCE_MS);
        var answer = client.call(request, DELETE_TOPICS_VERSION, new DeleteTopicsResponseData());
        require(answer.responses().find(topic).errorCode() == 0, answer);
    }

    /** One batch of so many records of 1 KB. */
    public static ByteBuffer produce(String topic, int partition, int acks, int records) {
        return produce(topic, List.of(partition), acks, BatchShape.ofKilobytes(records));
    }

    /** This batch. */
    public static ByteBuffer produce(String topic, int partition, int acks, MemoryRecords batch) {
        TopicProduceData data = new TopicProduceData().setName(topic);
        data.partitionData().add(new PartitionProduceData().setIndex(partition).setRecords(batch));
        return ByteBuffer.wrap(RawClient.frame(produceRequest(data, acks), PRODUCE_VERSION, 1));
    }

    /** A batch for each of the partitions, in one request, as a producer sends what is ready for a broker. */
    public static ByteBuffer produce(String topic, List<Integer> partitions, int acks, BatchShape batch) {
        return ByteBuffer.wrap(RawClient.frame(produceRequest(topic, partitions, acks, batch), PRODUCE_VERSION, 1));
    }

    /** How much room a batch of so many records of 1 KB takes in the log. */
    public static int batchBytes(int records) {
        return BatchShape.ofKilobytes(records).build().sizeInBytes();
    }

    /** The same, written now and flushed. */
    static void write(RawClient client, String topic, int partition, int records) throws IOException {
        ProduceRequestData request =
                produceRequest(topic, List.of(partition), ACKS_ALL, BatchShape.ofKilobytes(records));
        var answer = client.call(request, PRODUCE_VERSION, new ProduceResponseData());
        var written = answer.responses().iterator().next().partitionResponses().getFirst();
        require(written.errorCode() == 0, answer);
    }

    private static ProduceRequestData produceRequest(
            String topic, List<Integer> partitions, int acks, BatchShape batch) {
        TopicProduceData data = new TopicProduceData().setName(topic);
        for (int partition : partitions) {
            data.partitionData()
                    .add(new PartitionProduceData().setIndex(partition).setRecords(batch.build()));
        }
        return produceRequest(data, acks);
    }

    private static ProduceRequestData produceRequest(TopicProduceData data, int acks) {
        return new ProduceRequestData()
                .setAcks((short) acks)
                .setTimeoutMs(PATIENCE_MS)
                .setTopicData(new TopicProduceDataCollection(List.of(data).iterator()));
    }

    /** A fetch outside any session, answered at once with at least one batch. */
    public static ByteBuffer fetch(String topic, int partition, long offset, int maxBytes) {
        return ByteBuffer.wrap(RawClient.frame(fetchRequest(topic, partition, offset, maxBytes, 0), FETCH_VERSION, 1));
    }

    /** What partition 0 holds from the offset on, after waiting for it if there is nothing. */
    static Records tail(RawClient client, String topic, long offset, int maxBytes, int maxWaitMs) throws IOException {
        FetchRequestData request = fetchRequest(topic, 0, offset, maxBytes, maxWaitMs);
        var answer = client.call(request, FETCH_VERSION, new FetchResponseData());
        var partition = answer.responses().getFirst().partitions().getFirst();
        require(partition.errorCode() == 0, answer);
        return (Records) partition.records();
    }

    private static FetchRequestData fetchRequest(
            String topic, int partition, long offset, int maxBytes, int maxWaitMs) {
        FetchPartition from = new FetchPartition()
                .setPartition(partition)
                .setFetchOffset(offset)
                .setPartitionMaxBytes(maxBytes);
        return new FetchRequestData()
                .setMaxWaitMs(maxWaitMs)
                .setMinBytes(1)
                .setMaxBytes(maxBytes)
                .setTopics(List.of(new FetchTopic().setTopic(topic).setPartitions(List.of(from))));
    }

    /** Waits until every partition of the topic can be used. */
    static void awaitUsable(RawClient client, String topic, int partitions) throws IOException {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (listOffsets(client, topic, partitions).stream().anyMatch(partition -> partition.errorCode() != 0)) {
            if (System.nanoTime() > giveUp) {
                throw new IOException(topic + " cannot be used " + PATIENCE_MS + " ms after it was created");
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** The next offset to be written, of all partitions together. */
    static long endOffset(RawClient client, String topic, int partitions) throws IOException {
        long sum = 0;
        for (var partition : listOffsets(client, topic, partitions)) {
            require(partition.errorCode() == 0, partition);
            sum += partition.offset();
        }
        return sum;
    }

    private static List<ListOffsetsPartitionResponse> listOffsets(RawClient client, String topic, int partitions)
            throws IOException {
        ListOffsetsTopic asked = new ListOffsetsTopic().setName(topic);
        for (int i = 0; i < partitions; i++) {
            asked.partitions()
                    .add(new ListOffsetsPartition().setPartitionIndex(i).setTimestamp(LATEST));
        }
        ListOffsetsRequestData request =
                new ListOffsetsRequestData().setReplicaId(-1).setTopics(List.of(asked));
        return client.call(request, LIST_OFFSETS_VERSION, new ListOffsetsResponseData())
                .topics()
                .getFirst()
                .partitions();
    }

    private static void require(boolean good, Object answer) throws IOException {
        if (!good) {
            throw new IOException("not what was asked for: " + answer);
        }
    }
}
