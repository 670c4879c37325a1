package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.GroupCoordinators.Part;
import io.headrace.broker.coordination.Reply;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.protocol.ApiMessage;

/** ConsumerGroupDescribe, versions 0 and 1 (KIP-848): each group by its own coordinator. */
public final class ConsumerGroupDescribeApi implements Api {

    private final Node node;

    public ConsumerGroupDescribeApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        ConsumerGroupDescribeRequestData wanted = (ConsumerGroupDescribeRequestData) request.body();
        List<Part> parts = new ArrayList<>();
        for (String group : wanted.groupIds()) {
            parts.add(new Part(group, new ConsumerGroupDescribeRequestData().setGroupIds(List.of(group))));
        }
        node.groups().ask(request, parts, replies -> {
            ConsumerGroupDescribeResponseData response = new ConsumerGroupDescribeResponseData();
            for (int i = 0; i < replies.size(); i++) {
                response.groups().add(group(parts.get(i).groupId(), replies.get(i), wanted));
            }
            request.respond(response);
        });
    }

    private static DescribedGroup group(String groupId, Reply reply, ConsumerGroupDescribeRequestData wanted) {
        return switch (reply) {
            case Reply.Refused(ErrorCode error) ->
                new DescribedGroup().setGroupId(groupId).setErrorCode(error.code());
            case Reply.Answered(ApiMessage response) -> {
                DescribedGroup group =
                        ((ConsumerGroupDescribeResponseData) response).groups().getFirst();
                yield group.errorCode() == ErrorCode.NONE.code()
                        ? group.setAuthorizedOperations(
                                AuthorizedOperations.onGroup(wanted.includeAuthorizedOperations()))
                        : group;
            }
        };
    }
}
