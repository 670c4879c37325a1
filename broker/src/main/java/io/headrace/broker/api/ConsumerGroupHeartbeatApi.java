package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;

/** ConsumerGroupHeartbeat, versions 0 and 1 (KIP-848). */
public final class ConsumerGroupHeartbeatApi implements Api {

    private final Node node;

    public ConsumerGroupHeartbeatApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        ConsumerGroupHeartbeatRequestData wanted = (ConsumerGroupHeartbeatRequestData) request.body();
        node.groups()
                .respond(
                        request,
                        wanted.groupId(),
                        wanted,
                        error -> new ConsumerGroupHeartbeatResponseData().setErrorCode(error.code()));
    }
}
