package io.headrace.coordination.transaction;

import io.headrace.coordination.StepDraft;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResult;

/** Takes partitions into a transaction, or says whether they are in it (KIP-890). */
final class TransactionPartitions {

    private final Transactions transactions;

    TransactionPartitions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** False, with nothing done, if the transaction before is about to end. */
    boolean handle(TransactionEvent.Partitions event, StepDraft draft) {
        ErrorCode error = refusal(event);
        if (error == ErrorCode.CONCURRENT_TRANSACTIONS) {
            return false;
        }
        if (error != ErrorCode.NONE) {
            refuse(event, error, draft);
        } else if (event.verifyOnly()) {
            verify(event, draft);
        } else {
            add(event, draft);
        }
        return true;
    }

    private ErrorCode refusal(TransactionEvent.Partitions event) {
        if (event.transactionalId().isEmpty()) {
            return ErrorCode.INVALID_REQUEST;
        }
        TransactionState state = transactions.get(event.transactionalId());
        if (state == null || state.producerId() != event.producerId()) {
            return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
        }
        if (state.epoch() != event.epoch()) {
            return ErrorCode.PRODUCER_FENCED;
        }
        return state.status().isPrepared() ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.NONE;
    }

    private void verify(TransactionEvent.Partitions event, StepDraft draft) {
        TransactionState state = transactions.get(event.transactionalId());
        PartitionResults results = new PartitionResults(event.transactionalId());
        for (TopicPartition partition : event.partitions()) {
            boolean in = state.partitions().contains(partition);
            results.put(partition, in ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE);
        }
        answer(event, results.result(), draft);
    }

    private void add(TransactionEvent.Partitions event, StepDraft draft) {
        TransactionState state = transactions.get(event.transactionalId());
        boolean known = state.status() == TransactionStatus.ONGOING
                && state.partitions().containsAll(event.partitions());
        if (known) {
            refuse(event, ErrorCode.NONE, draft);
            return;
        }
        TransactionState next = state.adding(event.partitions(), draft.env().wallMs(), event.clientVersion());
        if (!Transactions.fits(next, draft)) {
            refuse(event, ErrorCode.UNKNOWN_SERVER_ERROR, draft);
            return;
        }
        transactions.write(next, draft);
        refuse(event, ErrorCode.NONE, draft);
    }

    /** The same for each partition. */
    void refuse(TransactionEvent.Partitions event, ErrorCode error, StepDraft draft) {
        answer(event, PartitionResults.all(event.transactionalId(), event.partitions(), error), draft);
    }

    private static void answer(TransactionEvent.Partitions event, AddPartitionsToTxnResult result, StepDraft draft) {
        AddPartitionsToTxnResponseData response = new AddPartitionsToTxnResponseData();
        response.resultsByTransaction().addAll(List.of(result));
        draft.answer(event.ticket(), response);
    }
}
