package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.Reply;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/** ListGroups, versions 0 to 5, by states (KIP-518) and types (KIP-848). While one coordinator loads, the list is not given. */
public final class ListGroupsApi implements Api {

    private final Node node;

    public ListGroupsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        ListGroupsRequestData wanted = (ListGroupsRequestData) request.body();
        node.groups().askEach(request, wanted, replies -> request.respond(together(replies)));
    }

    private static ListGroupsResponseData together(List<Reply> replies) {
        ListGroupsResponseData together = new ListGroupsResponseData();
        for (Reply reply : replies) {
            switch (reply) {
                case Reply.Answered(ApiMessage response) ->
                    together.groups().addAll(((ListGroupsResponseData) response).groups());
                // A coordinator that has nothing to do with this broker (any more) is none of its groups' coordinator.
                case Reply.Refused(ErrorCode error) when error == ErrorCode.NOT_COORDINATOR -> {}
                case Reply.Refused(ErrorCode error) -> {
                    return new ListGroupsResponseData().setErrorCode(error.code());
                }
            }
        }
        return together;
    }
}
