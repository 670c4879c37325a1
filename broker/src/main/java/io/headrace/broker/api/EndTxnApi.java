package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;

/**
 * EndTxn, versions 0 to 5 (KIP-98); from version 5 on the answer carries the id and epoch of the next transaction (KIP-890).
 * Answered once the outcome is durable; the markers follow.
 */
public final class EndTxnApi implements Api {

    private static final short FIRST_VERSION_WITH_FENCED = 2;

    private final Node node;

    public EndTxnApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        String transactionalId = ((EndTxnRequestData) request.body()).transactionalId();
        node.transactions()
                .ask(
                        request,
                        transactionalId,
                        response -> {
                            EndTxnResponseData answer = (EndTxnResponseData) response;
                            ErrorCode error = ErrorCode.forCode(answer.errorCode());
                            request.respond(answer.setErrorCode(
                                    FencedName.in(request.version(), FIRST_VERSION_WITH_FENCED, error)
                                            .code()));
                        },
                        error -> request.respond(new EndTxnResponseData().setErrorCode(error.code())));
    }
}
