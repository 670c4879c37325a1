package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteResponseData;

/** OffsetDelete, version 0: offsets of topics that nobody in the group subscribes to (KIP-496). */
public final class OffsetDeleteApi implements Api {

    private final Node node;

    public OffsetDeleteApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        OffsetDeleteRequestData wanted = (OffsetDeleteRequestData) request.body();
        node.groups()
                .respond(
                        request,
                        wanted.groupId(),
                        wanted,
                        error -> new OffsetDeleteResponseData().setErrorCode(error.code()));
    }
}
