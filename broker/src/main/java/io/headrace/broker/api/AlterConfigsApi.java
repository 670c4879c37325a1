package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.AlterConfigsRequestData;

/** AlterConfigs, versions 0 to 2: replaces all that was set for a resource. Deprecated in favour of the incremental one. */
public final class AlterConfigsApi implements Api {

    private final Node node;

    public AlterConfigsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        AlterConfigsRequestData wanted = (AlterConfigsRequestData) request.body();
        node.control(request, new ControllerEvent.AlterConfigs(wanted), request::respond);
    }
}
