package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;

/**
 * InitProducerId, versions 0 to 5, for idempotence only: every call gets a new id with epoch 0, as Kafka does it for
 * producers without a transactional id (KIP-360). Left out: transactional ids, refused with
 * TRANSACTIONAL_ID_AUTHORIZATION_FAILED, which no client retries.
 */
public final class InitProducerIdApi implements Api {

    private final Node node;

    public InitProducerIdApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        InitProducerIdRequestData wanted = (InitProducerIdRequestData) request.body();
        if (!isSound(wanted)) {
            request.respond(failed(ErrorCode.INVALID_REQUEST));
            return;
        }
        if (wanted.transactionalId() != null) {
            request.respond(failed(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED));
            return;
        }
        node.nextProducerId(
                request.shard(),
                id -> request.respond(
                        new InitProducerIdResponseData().setProducerId(id).setProducerEpoch((short) 0)),
                () -> request.respond(failed(ErrorCode.COORDINATOR_NOT_AVAILABLE)));
    }

    /** An id and an epoch come together, and a transactional id has a name. */
    private static boolean isSound(InitProducerIdRequestData wanted) {
        boolean hasId = wanted.producerId() != -1;
        boolean hasEpoch = wanted.producerEpoch() != -1;
        return hasId == hasEpoch && !"".equals(wanted.transactionalId());
    }

    private static InitProducerIdResponseData failed(ErrorCode error) {
        return new InitProducerIdResponseData()
                .setErrorCode(error.code())
                .setProducerId(-1)
                .setProducerEpoch((short) -1);
    }
}
