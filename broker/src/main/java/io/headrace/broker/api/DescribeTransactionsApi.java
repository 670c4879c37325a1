package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.Reply;
import io.headrace.broker.transaction.TransactionCoordinators.Part;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TransactionState;

/** DescribeTransactions, version 0 (KIP-664). */
public final class DescribeTransactionsApi implements Api {

    private final Node node;

    public DescribeTransactionsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        List<String> ids = ((DescribeTransactionsRequestData) request.body()).transactionalIds();
        List<Part> parts = new ArrayList<>(ids.size());
        for (String id : ids) {
            parts.add(new Part(id, new DescribeTransactionsRequestData().setTransactionalIds(List.of(id))));
        }
        node.transactions().ask(request, parts, replies -> request.respond(response(ids, replies)));
    }

    private static DescribeTransactionsResponseData response(List<String> ids, List<Reply> replies) {
        DescribeTransactionsResponseData response = new DescribeTransactionsResponseData();
        for (int i = 0; i < ids.size(); i++) {
            switch (replies.get(i)) {
                case Reply.Answered(DescribeTransactionsResponseData answer) ->
                    response.transactionStates().addAll(answer.transactionStates());
                case Reply.Answered _ -> throw new IllegalStateException("not the answer to this question");
                case Reply.Refused(ErrorCode error) ->
                    response.transactionStates()
                            .add(new TransactionState()
                                    .setTransactionalId(ids.get(i))
                                    .setErrorCode(error.code()));
            }
        }
        return response;
    }
}
