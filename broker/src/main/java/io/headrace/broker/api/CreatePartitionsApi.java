package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.CreatePartitionsRequestData;

/** CreatePartitions, versions 0 to 3: a topic can only get more of them. */
public final class CreatePartitionsApi implements Api {

    private final Node node;

    public CreatePartitionsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        CreatePartitionsRequestData wanted = (CreatePartitionsRequestData) request.body();
        node.control(request, new ControllerEvent.CreatePartitions(wanted), request::respond);
    }
}
