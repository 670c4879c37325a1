package io.headrace.benchmarks.load;

import io.headrace.compat.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * A client that is there before the broker and knows only the wire: it connects as soon as it can, and takes a record to
 * the broker and back. Its own JVM is warm and its time is not the broker's, so that what it sees is the broker's.
 */
public final class RecordProbe implements AutoCloseable {

    private static final short METADATA_VERSION = 13;
    private static final short CREATE_TOPICS_VERSION = 7;
    private static final short PRODUCE_VERSION = 13;
    private static final short FETCH_VERSION = 17;
    private static final short ACKS_ALL = -1;
    private static final int PATIENCE_MS = 120_000;
    private static final int MAX_BYTES = 1 << 20;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RawClient client;

    private RecordProbe(RawClient client) {
        this.client = client;
    }

    /** Tries every millisecond until somebody listens. */
    public static RecordProbe connect(int port) throws IOException {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (true) {
            try {
                return new RecordProbe(RawClient.connect(port));
            } catch (ConnectException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** Looks a topic up, which makes it if it is not there, and returns its id. */
    public Uuid topic(String name) throws IOException {
        MetadataRequestData request = new MetadataRequestData()
                .setTopics(List.of(new MetadataRequestTopic().setName(name)))
                .setAllowAutoTopicCreation(true);
        while (true) {
            var answer = client.call(request, METADATA_VERSION, new MetadataResponseData());
            var topic = answer.topics().find(name);
            if (topic.errorCode() == 0) {
                return topic.topicId();
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    public void createTopic(String name, int partitions) throws IOException {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(PATIENCE_MS);
        request.topics()
                .add(new CreatableTopic()
                        .setName(name)
                        .setNumPartitions(partitions)
                        .setReplicationFactor((short) 1));
        var answer = client.call(request, CREATE_TOPICS_VERSION, new CreateTopicsResponseData());
        require(answer.topics().find(name).errorCode() == 0, answer);
    }

    /** Writes a record with acks=all, trying again while the broker says that it cannot yet, and returns its offset. */
    public long produce(Uuid topic, int partition) throws IOException {
        SimpleRecord record = new SimpleRecord(System.currentTimeMillis(), new byte[] {1}, new byte[] {2});
        TopicProduceData data = new TopicProduceData().setTopicId(topic);
        data.partitionData()
                .add(new PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(MemoryRecords.withRecords(Compression.NONE, record)));
        ProduceRequestData request = new ProduceRequestData()
                .setAcks(ACKS_ALL)
                .setTimeoutMs(PATIENCE_MS)
                .setTopicData(new TopicProduceDataCollection(List.of(data).iterator()));
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (true) {
            var answer = client.call(request, PRODUCE_VERSION, new ProduceResponseData());
            var written =
                    answer.responses().iterator().next().partitionResponses().getFirst();
            if (written.errorCode() == 0) {
                return written.baseOffset();
            }
            boolean later = Errors.forCode(written.errorCode()).exception() instanceof RetriableException;
            require(later && System.nanoTime() < giveUp, answer);
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** Reads the record at the offset, which must be there. */
    public void consume(Uuid topic, int partition, long offset) throws IOException {
        FetchPartition from = new FetchPartition()
                .setPartition(partition)
                .setFetchOffset(offset)
                .setPartitionMaxBytes(MAX_BYTES);
        FetchRequestData request = new FetchRequestData()
                .setMaxWaitMs(PATIENCE_MS)
                .setMinBytes(1)
                .setMaxBytes(MAX_BYTES)
                .setTopics(List.of(new FetchTopic().setTopicId(topic).setPartitions(List.of(from))));
        var answer = client.call(request, FETCH_VERSION, new FetchResponseData());
        var partitions = answer.responses().getFirst().partitions();
        require(
                partitions.getFirst().errorCode() == 0
                        && partitions.getFirst().records().sizeInBytes() > 0,
                answer);
    }

    /** The whole way of one record; returns when it has come back. */
    public static void await(int port, String topic, int partition) throws IOException {
        try (RecordProbe probe = connect(port)) {
            Uuid id = probe.topic(topic);
            probe.consume(id, partition, probe.produce(id, partition));
        }
    }

    private static void require(boolean good, Object answer) throws IOException {
        if (!good) {
            throw new IOException("not what was asked for: " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
