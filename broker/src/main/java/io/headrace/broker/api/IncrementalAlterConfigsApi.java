package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;

/** IncrementalAlterConfigs, versions 0 and 1: set, delete, append and subtract (KIP-339). */
public final class IncrementalAlterConfigsApi implements Api {

    private final Node node;

    public IncrementalAlterConfigsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        IncrementalAlterConfigsRequestData wanted = (IncrementalAlterConfigsRequestData) request.body();
        node.control(request, new ControllerEvent.IncrementalAlterConfigs(wanted), request::respond);
    }
}
