package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * InitProducerId, versions 0 to 5. Without a transactional id every call gets a new id with epoch 0 (KIP-360); with one the
 * coordinator of its transactions decides.
 */
public final class InitProducerIdApi implements Api {

    private static final long NO_PRODUCER_ID = -1;
    private static final short NO_EPOCH = -1;

    /** Before, clients knew the error by another name (KIP-588). */
    private static final short FIRST_VERSION_WITH_FENCED = 4;

    private final Node node;

    public InitProducerIdApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        InitProducerIdRequestData wanted = (InitProducerIdRequestData) request.body();
        if (!isSound(wanted)) {
            request.respond(failed(ErrorCode.INVALID_REQUEST));
        } else if (wanted.transactionalId() == null) {
            node.nextProducerId(
                    request.shard(),
                    id -> request.respond(
                            new InitProducerIdResponseData().setProducerId(id).setProducerEpoch((short) 0)),
                    () -> request.respond(failed(ErrorCode.COORDINATOR_NOT_AVAILABLE)));
        } else {
            node.transactions()
                    .ask(
                            request,
                            wanted.transactionalId(),
                            response -> request.respond(inWordsOf(request.version(), response)),
                            error -> request.respond(failed(error)));
        }
    }

    private static InitProducerIdResponseData inWordsOf(short version, ApiMessage answered) {
        InitProducerIdResponseData response = (InitProducerIdResponseData) answered;
        ErrorCode error = ErrorCode.forCode(response.errorCode());
        return response.setErrorCode(
                FencedName.in(version, FIRST_VERSION_WITH_FENCED, error).code());
    }

    /** An id and an epoch come together, and a transactional id has a name. */
    private static boolean isSound(InitProducerIdRequestData wanted) {
        boolean hasId = wanted.producerId() != NO_PRODUCER_ID;
        boolean hasEpoch = wanted.producerEpoch() != NO_EPOCH;
        return hasId == hasEpoch && !"".equals(wanted.transactionalId());
    }

    private static InitProducerIdResponseData failed(ErrorCode error) {
        return new InitProducerIdResponseData()
                .setErrorCode(error.code())
                .setProducerId(NO_PRODUCER_ID)
                .setProducerEpoch(NO_EPOCH);
    }
}
