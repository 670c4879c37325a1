package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.log.ProducerEntry;
import io.headrace.log.ProducerStates;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.metadata.TopicNames;
import io.headrace.replication.LeaderPartition;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.ProducerState;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;

/** DescribeProducers, version 0 (KIP-664): who writes to a partition, once what it wrote is durable. */
public final class DescribeProducersApi implements Api {

    private final Node node;

    public DescribeProducersApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DescribeProducersRequestData wanted = (DescribeProducersRequestData) request.body();
        DescribeProducersResponseData response = new DescribeProducersResponseData();
        MetadataImage image = node.image();
        NamedPartitions<Integer, PartitionResponse> partitions = new NamedPartitions<>();
        for (TopicRequest topic : wanted.topics()) {
            TopicResponse result = new TopicResponse().setName(topic.name());
            response.topics().add(result);
            TopicImage known = image.topic(topic.name());
            for (int partition : topic.partitionIndexes()) {
                PartitionResponse place = new PartitionResponse().setPartitionIndex(partition);
                result.partitions().add(place);
                if (!partitions.add(known, partition, partition, place)) {
                    refuse(place, topic.name());
                }
            }
        }
        partitions.<PartitionResponse>ask(
                node,
                request,
                (_, partition, answer) -> ask(partition, answer),
                DescribeProducersApi::fill,
                () -> request.respond(response));
    }

    private static void refuse(PartitionResponse place, String topic) {
        String refusal = TopicNames.refusal(topic);
        if (refusal == null) {
            place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code())
                    .setErrorMessage("there is no such partition");
        } else {
            place.setErrorCode(ErrorCode.INVALID_TOPIC_EXCEPTION.code()).setErrorMessage(refusal);
        }
    }

    private static void fill(PartitionResponse place, PartitionResponse answer) {
        if (answer == null) {
            place.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        } else {
            place.setErrorCode(answer.errorCode()).setActiveProducers(answer.activeProducers());
        }
    }

    // ---- on the shard of the partition

    private static void ask(LeaderPartition partition, Consumer<PartitionResponse> answer) {
        partition.queryDurable(
                log -> new PartitionResponse().setActiveProducers(describe(log.producers())),
                answer,
                error -> answer.accept(new PartitionResponse().setErrorCode(error.code())));
    }

    private static List<ProducerState> describe(ProducerStates producers) {
        List<ProducerState> described = new ArrayList<>(producers.size());
        for (ProducerEntry producer : producers.entries()) {
            described.add(new ProducerState()
                    .setProducerId(producer.producerId())
                    .setProducerEpoch(producer.epoch())
                    .setLastSequence(producer.lastSequence())
                    .setLastTimestamp(producer.lastTimestamp())
                    .setCoordinatorEpoch(producer.coordinatorEpoch())
                    .setCurrentTxnStartOffset(producer.transactionStartOffset()));
        }
        return described;
    }
}
