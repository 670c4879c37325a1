package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;

/** JoinGroup, versions 0 to 9: answered when the group's rebalance has everybody together. */
public final class JoinGroupApi implements Api {

    private final Node node;

    public JoinGroupApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        JoinGroupRequestData wanted = (JoinGroupRequestData) request.body();
        node.groups()
                .respond(
                        request,
                        wanted.groupId(),
                        wanted,
                        error -> new JoinGroupResponseData().setErrorCode(error.code()));
    }
}
