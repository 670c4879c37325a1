package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.ElectLeadersRequestData;

/** ElectLeaders, versions 0 to 2 (KIP-183, KIP-460): every partition has the leader that it should have. */
public final class ElectLeadersApi implements Api {

    private final Node node;

    public ElectLeadersApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        ElectLeadersRequestData wanted = (ElectLeadersRequestData) request.body();
        node.control(request, new ControllerEvent.ElectLeaders(wanted), request::respond);
    }
}
