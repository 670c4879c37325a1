package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.CreateTopicsRequestData;

/** CreateTopics, versions 2 to 7; the answer comes when the topics are durable and every shard knows them. */
public final class CreateTopicsApi implements Api {

    private static final short FIRST_VERSION_THAT_DESCRIBES = 5;

    private final Node node;

    public CreateTopicsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        CreateTopicsRequestData wanted = (CreateTopicsRequestData) request.body();
        node.control(
                request,
                new ControllerEvent.CreateTopics(wanted, request.version() >= FIRST_VERSION_THAT_DESCRIBES),
                request::respond);
    }
}
