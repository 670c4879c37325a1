package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.GroupCoordinators.Part;
import io.headrace.broker.coordination.Reply;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.protocol.ApiMessage;

/** DescribeGroups, versions 0 to 6: classic groups, each described by its own coordinator. */
public final class DescribeGroupsApi implements Api {

    private static final short FIRST_VERSION_WITH_MESSAGE = 6;

    private final Node node;

    public DescribeGroupsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DescribeGroupsRequestData wanted = (DescribeGroupsRequestData) request.body();
        List<Part> parts = new ArrayList<>();
        for (String group : wanted.groups()) {
            parts.add(new Part(group, new DescribeGroupsRequestData().setGroups(List.of(group))));
        }
        node.groups().ask(request, parts, replies -> {
            DescribeGroupsResponseData response = new DescribeGroupsResponseData();
            for (int i = 0; i < replies.size(); i++) {
                response.groups().add(group(parts.get(i).groupId(), replies.get(i), wanted, request.version()));
            }
            request.respond(response);
        });
    }

    private static DescribedGroup group(String groupId, Reply reply, DescribeGroupsRequestData wanted, short version) {
        return switch (reply) {
            case Reply.Refused(ErrorCode error) ->
                new DescribedGroup().setGroupId(groupId).setErrorCode(error.code());
            case Reply.Answered(ApiMessage response) -> {
                DescribedGroup group =
                        ((DescribeGroupsResponseData) response).groups().getFirst();
                if (group.errorCode() == ErrorCode.NONE.code()) {
                    group.setAuthorizedOperations(AuthorizedOperations.onGroup(wanted.includeAuthorizedOperations()));
                }
                yield version < FIRST_VERSION_WITH_MESSAGE ? group.setErrorMessage(null) : group;
            }
        };
    }
}
