package io.headrace.broker;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ListOffsetsRequest;

/** One connection that sends a request at a time, and shows the very answer, which a client would act upon. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MS = 20_000;

    /** The last version of Produce that names its topics. */
    private static final short PRODUCE_VERSION = 12;

    /** As well, of Fetch. */
    private static final short FETCH_VERSION = 12;

    private static final short LIST_OFFSETS_VERSION = 7;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection to(Broker broker) throws IOException {
        Socket socket =
                new Socket(broker.address().getAddress(), broker.address().getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return new RawConnection(socket);
    }

    /** Sends one record to one partition with acks=all; the answer of that partition. */
    PartitionProduceResponse produce(String topic, int partition, String value, int timeoutMs) throws IOException {
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        MemoryRecords records =
                MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)));
        topics.add(new TopicProduceData()
                .setName(topic)
                .setPartitionData(
                        List.of(new PartitionProduceData().setIndex(partition).setRecords(records))));
        ProduceRequestData request = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(timeoutMs)
                .setTopicData(topics);
        return call(request, PRODUCE_VERSION, new ProduceResponseData())
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .getFirst();
    }

    /** Asks one partition for records from the offset on, at least one byte of them. */
    void sendFetch(String topic, int partition, long offset, int maxWaitMs) throws IOException {
        FetchRequestData request = new FetchRequestData()
                .setMaxWaitMs(maxWaitMs)
                .setMinBytes(1)
                .setMaxBytes(1 << 20)
                .setTopics(List.of(new FetchTopic()
                        .setTopic(topic)
                        .setPartitions(List.of(new FetchPartition()
                                .setPartition(partition)
                                .setFetchOffset(offset)
                                .setPartitionMaxBytes(1 << 20)))));
        send(request, FETCH_VERSION);
    }

    FetchResponseData receiveFetch() throws IOException {
        return receive(FETCH_VERSION, new FetchResponseData());
    }

    /** Asks one partition for its latest offset. */
    void sendLatest(String topic, int partition) throws IOException {
        ListOffsetsRequestData request = new ListOffsetsRequestData()
                .setReplicaId(-1)
                .setTopics(List.of(new ListOffsetsTopic()
                        .setName(topic)
                        .setPartitions(List.of(new ListOffsetsPartition()
                                .setPartitionIndex(partition)
                                .setTimestamp(ListOffsetsRequest.LATEST_TIMESTAMP)))));
        send(request, LIST_OFFSETS_VERSION);
    }

    long receiveLatest() throws IOException {
        return receive(LIST_OFFSETS_VERSION, new ListOffsetsResponseData())
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .offset();
    }

    /** Says that nothing more will be sent, and can go on reading. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    <T extends ApiMessage> T call(ApiMessage request, short version, T response) throws IOException {
        send(request, version);
        return receive(version, response);
    }

    private void send(ApiMessage request, short version) throws IOException {
        socket.getOutputStream().write(frame(request, version));
    }

    private <T extends ApiMessage> T receive(short version, T response) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        ByteBufferAccessor body = new ByteBufferAccessor(ByteBuffer.wrap(frame));
        short headerVersion = ApiMessageType.fromApiKey(response.apiKey()).responseHeaderVersion(version);
        ResponseHeaderData header = new ResponseHeaderData(body, headerVersion);
        if (header.correlationId() != 0) {
            throw new IOException("the answer to another request");
        }
        response.read(body, version);
        return response;
    }

    private static byte[] frame(ApiMessage request, short version) {
        short headerVersion = ApiMessageType.fromApiKey(request.apiKey()).requestHeaderVersion(version);
        RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(request.apiKey())
                .setRequestApiVersion(version)
                .setClientId("raw");
        ByteBuffer headerBytes =
                MessageUtil.toByteBufferAccessor(header, headerVersion).buffer();
        ObjectSerializationCache cache = new ObjectSerializationCache();
        int size = request.size(cache, version);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + headerBytes.remaining() + size);
        frame.putInt(headerBytes.remaining() + size).put(headerBytes);
        request.write(new ByteBufferAccessor(frame), cache, version);
        return frame.array();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
