package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;

/** UpdateFeatures, versions 0 to 2 (KIP-584, KIP-778): a feature can be set to the one level that it has. */
public final class UpdateFeaturesApi implements Api {

    private final Node node;

    public UpdateFeaturesApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        UpdateFeaturesRequestData wanted = (UpdateFeaturesRequestData) request.body();
        node.control(request, new ControllerEvent.UpdateFeatures(wanted), request::respond);
    }
}
