package io.headrace.coordination.transaction;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TopicData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;

/** What can be asked of transactions (KIP-664, KIP-994). A pattern of ids (KIP-1152) is left to whoever asks. */
final class TransactionReports {

    private final Transactions transactions;

    TransactionReports(Transactions transactions) {
        this.transactions = transactions;
    }

    DescribeTransactionsResponseData describe(DescribeTransactionsRequestData request) {
        DescribeTransactionsResponseData response = new DescribeTransactionsResponseData();
        for (String id : request.transactionalIds()) {
            response.transactionStates().add(describe(id));
        }
        return response;
    }

    private DescribeTransactionsResponseData.TransactionState describe(String id) {
        DescribeTransactionsResponseData.TransactionState described =
                new DescribeTransactionsResponseData.TransactionState().setTransactionalId(id);
        TransactionState state = transactions.get(id);
        if (id.isEmpty() || state == null) {
            ErrorCode error = id.isEmpty() ? ErrorCode.INVALID_REQUEST : ErrorCode.TRANSACTIONAL_ID_NOT_FOUND;
            return described.setErrorCode(error.code());
        }
        for (TopicPartition partition : state.partitions()) {
            TopicData topic = described.topics().find(partition.topic());
            if (topic == null) {
                topic = new TopicData().setTopic(partition.topic());
                described.topics().add(topic);
            }
            topic.partitions().add(partition.partition());
        }
        return described
                .setProducerId(state.producerId())
                .setProducerEpoch(state.epoch())
                .setTransactionState(state.status().label())
                .setTransactionTimeoutMs(state.timeoutMs())
                .setTransactionStartTimeMs(state.startMs());
    }

    ListTransactionsResponseData list(ListTransactionsRequestData request, long nowMs) {
        ListTransactionsResponseData response = new ListTransactionsResponseData();
        List<TransactionStatus> wanted = new ArrayList<>();
        for (String label : request.stateFilters()) {
            TransactionStatus status = TransactionStatus.forLabel(label);
            if (status == null) {
                response.unknownStateFilters().add(label);
            } else {
                wanted.add(status);
            }
        }
        for (TransactionState state : transactions.all()) {
            boolean listed = (request.producerIdFilters().isEmpty()
                            || request.producerIdFilters().contains(state.producerId()))
                    && (request.stateFilters().isEmpty() || wanted.contains(state.status()))
                    && (request.durationFilter() < 0 || nowMs - state.startMs() > request.durationFilter());
            if (listed) {
                response.transactionStates()
                        .add(new ListTransactionsResponseData.TransactionState()
                                .setTransactionalId(state.transactionalId())
                                .setProducerId(state.producerId())
                                .setTransactionState(state.status().label()));
            }
        }
        return response;
    }
}
