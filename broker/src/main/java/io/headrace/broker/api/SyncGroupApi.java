package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;

/** SyncGroup, versions 0 to 5: answered when the leader's assignment is there. */
public final class SyncGroupApi implements Api {

    private final Node node;

    public SyncGroupApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        SyncGroupRequestData wanted = (SyncGroupRequestData) request.body();
        node.groups()
                .respond(
                        request,
                        wanted.groupId(),
                        wanted,
                        error -> new SyncGroupResponseData().setErrorCode(error.code()));
    }
}
