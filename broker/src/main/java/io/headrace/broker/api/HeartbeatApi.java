package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;

/** Heartbeat, versions 0 to 4. */
public final class HeartbeatApi implements Api {

    private final Node node;

    public HeartbeatApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        HeartbeatRequestData wanted = (HeartbeatRequestData) request.body();
        node.groups().respondWithNews(request, wanted, HeartbeatApi::refusal);
    }

    /** While the coordinator is loading, no session runs out, and Kafka's consumer takes that error for a fault of its own. */
    static HeartbeatResponseData refusal(ErrorCode error) {
        ErrorCode told = error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS ? ErrorCode.NONE : error;
        return new HeartbeatResponseData().setErrorCode(told.code());
    }
}
