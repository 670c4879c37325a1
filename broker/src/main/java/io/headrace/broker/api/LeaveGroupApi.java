package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;

/** LeaveGroup, versions 0 to 5; from version 3 on for several members, static ones too (KIP-345). */
public final class LeaveGroupApi implements Api {

    private final Node node;

    public LeaveGroupApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        LeaveGroupRequestData wanted = (LeaveGroupRequestData) request.body();
        node.groups()
                .respond(
                        request,
                        wanted.groupId(),
                        wanted,
                        error -> new LeaveGroupResponseData().setErrorCode(error.code()));
    }
}
