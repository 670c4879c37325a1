package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
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
        node.groups()
                .respond(
                        request,
                        wanted.groupId(),
                        wanted,
                        error -> new HeartbeatResponseData().setErrorCode(error.code()));
    }
}
