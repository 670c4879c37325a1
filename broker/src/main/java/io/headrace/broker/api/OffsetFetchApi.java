package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.GroupCoordinators.Part;
import io.headrace.broker.coordination.Reply;
import io.headrace.coordination.group.offsets.OffsetFetchVersions;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * OffsetFetch, versions 1 to 10: of one group, from version 8 on of several (KIP-709), with topic ids from version 10 on.
 */
public final class OffsetFetchApi implements Api {

    private static final short FIRST_VERSION_WITH_GROUPS = 8;

    private final Node node;

    public OffsetFetchApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        OffsetFetchRequestData wanted = (OffsetFetchRequestData) request.body();
        if (request.version() < FIRST_VERSION_WITH_GROUPS) {
            node.groups()
                    .respond(
                            request,
                            wanted.groupId(),
                            wanted,
                            error -> OffsetFetchVersions.refusalOfOneGroup(wanted, error, request.version()));
        } else {
            fetchOfEach(request, wanted);
        }
    }

    private void fetchOfEach(Request request, OffsetFetchRequestData wanted) {
        List<Part> parts = new ArrayList<>();
        for (OffsetFetchRequestGroup group : wanted.groups()) {
            OffsetFetchRequestData body =
                    new OffsetFetchRequestData().setGroups(List.of(group)).setRequireStable(wanted.requireStable());
            parts.add(new Part(group.groupId(), body));
        }
        node.groups().ask(request, parts, replies -> {
            OffsetFetchResponseData response = new OffsetFetchResponseData();
            for (int i = 0; i < replies.size(); i++) {
                response.groups().add(group(parts.get(i).groupId(), replies.get(i)));
            }
            request.respond(response);
        });
    }

    private static OffsetFetchResponseGroup group(String groupId, Reply reply) {
        return switch (reply) {
            case Reply.Refused(ErrorCode error) ->
                new OffsetFetchResponseGroup().setGroupId(groupId).setErrorCode(error.code());
            case Reply.Answered(ApiMessage response) ->
                ((OffsetFetchResponseData) response).groups().getFirst();
        };
    }
}
