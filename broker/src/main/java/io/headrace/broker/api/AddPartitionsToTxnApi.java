package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.Gathering;
import io.headrace.broker.transaction.TransactionCoordinators.Producer;
import io.headrace.coordination.transaction.PartitionResults;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult;

/**
 * AddPartitionsToTxn, versions 0 to 5: one transaction of a client, from version 4 on several, for other brokers, which may
 * also ask without adding (KIP-890). If one partition does not exist none is added.
 */
public final class AddPartitionsToTxnApi implements Api {

    private static final short FIRST_VERSION_FOR_SEVERAL = 4;
    private static final short FIRST_VERSION_WITH_FENCED = 2;
    private static final short VERSION_OF_BROKERS = 2;

    private final Node node;

    public AddPartitionsToTxnApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        AddPartitionsToTxnRequestData wanted = (AddPartitionsToTxnRequestData) request.body();
        boolean several = request.version() >= FIRST_VERSION_FOR_SEVERAL;
        List<AddPartitionsToTxnTransaction> transactions =
                several ? new ArrayList<>(wanted.transactions()) : List.of(single(wanted));
        Gathering<AddPartitionsToTxnResult> results = new Gathering<>(
                transactions.size(), all -> request.respond(several ? response(all) : single(all, request.version())));
        for (int i = 0; i < transactions.size(); i++) {
            int place = i;
            ask(request, transactions.get(i), several, result -> results.put(place, result));
        }
    }

    private static AddPartitionsToTxnTransaction single(AddPartitionsToTxnRequestData wanted) {
        return new AddPartitionsToTxnTransaction()
                .setTransactionalId(wanted.v3AndBelowTransactionalId())
                .setProducerId(wanted.v3AndBelowProducerId())
                .setProducerEpoch(wanted.v3AndBelowProducerEpoch())
                .setTopics(wanted.v3AndBelowTopics());
    }

    private void ask(
            Request request,
            AddPartitionsToTxnTransaction wanted,
            boolean ofBroker,
            java.util.function.Consumer<AddPartitionsToTxnResult> whenDone) {
        List<TopicPartition> partitions = partitions(wanted);
        List<TopicPartition> unknown = unknown(partitions);
        if (!unknown.isEmpty()) {
            whenDone.accept(refused(wanted.transactionalId(), partitions, unknown));
            return;
        }
        node.transactions()
                .partitions(
                        request.shard(),
                        new Producer(wanted.transactionalId(), wanted.producerId(), wanted.producerEpoch()),
                        partitions,
                        wanted.verifyOnly(),
                        ofBroker ? VERSION_OF_BROKERS : 0,
                        whenDone,
                        error -> whenDone.accept(PartitionResults.all(wanted.transactionalId(), partitions, error)));
    }

    private static List<TopicPartition> partitions(AddPartitionsToTxnTransaction wanted) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (AddPartitionsToTxnTopic topic : wanted.topics()) {
            topic.partitions().forEach(index -> partitions.add(new TopicPartition(topic.name(), index)));
        }
        return partitions;
    }

    private List<TopicPartition> unknown(List<TopicPartition> partitions) {
        MetadataImage image = node.image();
        List<TopicPartition> unknown = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            TopicImage topic = image.topic(partition.topic());
            if (topic == null || topic.partition(partition.partition()) == null) {
                unknown.add(partition);
            }
        }
        return unknown;
    }

    private static AddPartitionsToTxnResult refused(
            String transactionalId, List<TopicPartition> partitions, List<TopicPartition> unknown) {
        PartitionResults results = new PartitionResults(transactionalId);
        for (TopicPartition partition : partitions) {
            boolean missing = unknown.contains(partition);
            results.put(partition, missing ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.OPERATION_NOT_ATTEMPTED);
        }
        return results.result();
    }

    private static AddPartitionsToTxnResponseData response(List<AddPartitionsToTxnResult> results) {
        AddPartitionsToTxnResponseData response = new AddPartitionsToTxnResponseData();
        results.forEach(result -> response.resultsByTransaction().add(result.duplicate()));
        return response;
    }

    private static AddPartitionsToTxnResponseData single(List<AddPartitionsToTxnResult> results, short version) {
        AddPartitionsToTxnResponseData response = new AddPartitionsToTxnResponseData();
        for (AddPartitionsToTxnTopicResult topic : results.getFirst().topicResults()) {
            AddPartitionsToTxnTopicResult told = topic.duplicate();
            for (AddPartitionsToTxnPartitionResult partition : told.resultsByPartition()) {
                ErrorCode error = ErrorCode.forCode(partition.partitionErrorCode());
                partition.setPartitionErrorCode(
                        FencedName.in(version, FIRST_VERSION_WITH_FENCED, error).code());
            }
            response.resultsByTopicV3AndBelow().add(told);
        }
        return response;
    }
}
