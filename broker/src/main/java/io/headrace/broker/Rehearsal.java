package io.headrace.broker;

import io.headrace.broker.api.MetadataApi;
import io.headrace.broker.fetch.FetchApi;
import io.headrace.broker.fetch.FetchSessions;
import io.headrace.broker.produce.ProduceApi;
import io.headrace.log.AppendResult;
import io.headrace.log.AppendValidator;
import io.headrace.log.LogRead;
import io.headrace.log.LogSlice;
import io.headrace.metadata.TopicImage;
import io.headrace.replication.Append;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.ReadResult;
import io.headrace.runtime.Connection;
import io.headrace.wire.ApiKey;
import io.headrace.wire.ByteReader;
import io.headrace.wire.NoRecords;
import io.headrace.wire.RequestDecoder;
import io.headrace.wire.RequestHeader;
import io.headrace.wire.ResponseFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * What a client says first is read and written once, to nobody, on a thread of its own while the broker opens its
 * directory: the classes that the first record needs are there by the time somebody connects. Changes nothing but that.
 */
final class Rehearsal implements Runnable {

    /** Where the way of a record through the broker begins a new part; each brings in what it stands on. */
    private static final List<Class<?>> ON_THE_WAY = List.of(
            Connection.class,
            MetadataApi.class,
            TopicImage.class,
            ProduceApi.class,
            Scatter.class,
            LeaderPartition.class,
            Append.class,
            AppendValidator.class,
            AppendResult.class,
            FetchApi.class,
            FetchSessions.class,
            ReadResult.class,
            LogRead.class,
            LogSlice.class);

    private Rehearsal() {}

    static Runnable rehearsal() {
        return new Rehearsal();
    }

    static void begin() {
        Thread thread = new Thread(rehearsal(), "headrace-rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            play(ApiKey.METADATA, metadataRequest(), metadata());
            play(ApiKey.PRODUCE, produceRequest(), produced());
            play(ApiKey.FETCH, fetchRequest(), fetched());
            for (Class<?> part : ON_THE_WAY) {
                Class.forName(part.getName());
            }
        } catch (ClassNotFoundException impossible) {
            throw new LinkageError("a class that was named is not there", impossible);
        }
    }

    private static void play(ApiKey api, ApiMessage request, ApiMessage response) {
        RequestHeader header = new RequestHeader(api, request.highestSupportedVersion(), 0, null);
        RequestDecoder.decode(header, new ByteReader(written(request)));
        ResponseFrame.of(header, response).close();
    }

    private static ByteBuffer written(ApiMessage request) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        short version = request.highestSupportedVersion();
        ByteBuffer bytes = ByteBuffer.allocate(request.size(cache, version));
        request.write(new ByteBufferAccessor(bytes), cache, version);
        return bytes.flip();
    }

    private static ApiMessage metadataRequest() {
        return new MetadataRequestData().setTopics(List.of(new MetadataRequestTopic()));
    }

    private static ApiMessage metadata() {
        MetadataResponseData metadata = new MetadataResponseData();
        metadata.topics().add(new MetadataResponseTopic().setPartitions(List.of(new MetadataResponsePartition())));
        return metadata;
    }

    private static ApiMessage produceRequest() {
        ProduceRequestData produce = new ProduceRequestData();
        produce.topicData().add(new TopicProduceData().setPartitionData(List.of(new PartitionProduceData())));
        return produce;
    }

    private static ApiMessage produced() {
        ProduceResponseData produced = new ProduceResponseData();
        produced.responses()
                .add(new TopicProduceResponse().setPartitionResponses(List.of(new PartitionProduceResponse())));
        return produced;
    }

    private static ApiMessage fetchRequest() {
        return new FetchRequestData().setTopics(List.of(new FetchTopic().setPartitions(List.of(new FetchPartition()))));
    }

    private static ApiMessage fetched() {
        return new FetchResponseData()
                .setResponses(List.of(new FetchableTopicResponse()
                        .setPartitions(List.of(new PartitionData().setRecords(NoRecords.NONE)))));
    }
}
