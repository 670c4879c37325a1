package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;

/** JoinGroup, versions 0 to 9: answered when the group's rebalance has everybody together. */
public final class JoinGroupApi implements Api {

    private static final short FIRST_VERSION_WITH_REBALANCE_TIMEOUT = 1;
    private static final short FIRST_VERSION_WITHOUT_PROTOCOL_NAME = 7;

    private final Node node;

    public JoinGroupApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        JoinGroupRequestData wanted = (JoinGroupRequestData) request.body();
        if (request.version() < FIRST_VERSION_WITH_REBALANCE_TIMEOUT) {
            wanted.setRebalanceTimeoutMs(wanted.sessionTimeoutMs());
        }
        node.groups().respond(request, wanted.groupId(), wanted, error -> refusal(error, request.version()));
    }

    /** What is not there could not be left out before. */
    static JoinGroupResponseData refusal(ErrorCode error, short version) {
        return new JoinGroupResponseData()
                .setErrorCode(error.code())
                .setProtocolName(version < FIRST_VERSION_WITHOUT_PROTOCOL_NAME ? "" : null);
    }
}
