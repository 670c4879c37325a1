package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ControllerEvent;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;

/** AlterPartitionReassignments, versions 0 and 1 (KIP-455, KIP-860): a partition can stay where it is. */
public final class AlterPartitionReassignmentsApi implements Api {

    private final Node node;

    public AlterPartitionReassignmentsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        AlterPartitionReassignmentsRequestData wanted = (AlterPartitionReassignmentsRequestData) request.body();
        node.control(request, new ControllerEvent.AlterPartitionReassignments(wanted), request::respond);
    }
}
