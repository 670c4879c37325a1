package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.DeleteTopicsRequestData;

/** DeleteTopics, versions 1 to 6, by name or, from version 6, by id. */
public final class DeleteTopicsApi implements Api {

    private final Node node;

    public DeleteTopicsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DeleteTopicsRequestData wanted = (DeleteTopicsRequestData) request.body();
        node.control(request, new ControllerEvent.DeleteTopics(wanted, request.version()), request::respond);
    }
}
