package io.headrace.broker.api;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.Reply;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;

/** ListTransactions, versions 0 to 2 (KIP-664), by duration from version 1 (KIP-994) and pattern from version 2 (KIP-1152). */
public final class ListTransactionsApi implements Api {

    private final Node node;

    public ListTransactionsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        String text = ((ListTransactionsRequestData) request.body()).transactionalIdPattern();
        Pattern pattern;
        try {
            pattern = text == null || text.isEmpty() ? null : Pattern.compile(text);
        } catch (PatternSyntaxException invalid) {
            request.respond(
                    new ListTransactionsResponseData().setErrorCode(ErrorCode.INVALID_REGULAR_EXPRESSION.code()));
            return;
        }
        node.transactions().askEach(request, replies -> request.respond(response(replies, pattern)));
    }

    private static ListTransactionsResponseData response(List<Reply> replies, Pattern pattern) {
        ListTransactionsResponseData response = new ListTransactionsResponseData();
        for (Reply reply : replies) {
            switch (reply) {
                case Reply.Answered(ListTransactionsResponseData answer) -> add(answer, pattern, response);
                case Reply.Answered _ -> throw new IllegalStateException("not the answer to this question");
                case Reply.Refused(ErrorCode error) -> response.setErrorCode(error.code());
            }
        }
        return response;
    }

    private static void add(
            ListTransactionsResponseData answer, Pattern pattern, ListTransactionsResponseData response) {
        for (String unknown : answer.unknownStateFilters()) {
            if (!response.unknownStateFilters().contains(unknown)) {
                response.unknownStateFilters().add(unknown);
            }
        }
        answer.transactionStates().stream()
                .filter(state -> pattern == null
                        || pattern.matcher(state.transactionalId()).matches())
                .forEach(response.transactionStates()::add);
    }
}
