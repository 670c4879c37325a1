package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.GroupCoordinators.Part;
import io.headrace.broker.coordination.Reply;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResult;
import org.apache.kafka.common.protocol.ApiMessage;

/** DeleteGroups, versions 0 to 3 (KIP-229): each group by itself; one that is named twice is answered once. */
public final class DeleteGroupsApi implements Api {

    private final Node node;

    public DeleteGroupsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DeleteGroupsRequestData wanted = (DeleteGroupsRequestData) request.body();
        List<Part> parts = new ArrayList<>();
        for (String group : new LinkedHashSet<>(wanted.groupsNames())) {
            parts.add(new Part(group, new DeleteGroupsRequestData().setGroupsNames(List.of(group))));
        }
        node.groups().ask(request, parts, replies -> {
            DeleteGroupsResponseData response = new DeleteGroupsResponseData();
            for (int i = 0; i < replies.size(); i++) {
                response.results().add(result(parts.get(i).groupId(), replies.get(i)));
            }
            request.respond(response);
        });
    }

    private static DeletableGroupResult result(String groupId, Reply reply) {
        return switch (reply) {
            case Reply.Refused(ErrorCode error) ->
                new DeletableGroupResult().setGroupId(groupId).setErrorCode(error.code());
            case Reply.Answered(ApiMessage response) ->
                ((DeleteGroupsResponseData) response).results().find(groupId).duplicate();
        };
    }
}
