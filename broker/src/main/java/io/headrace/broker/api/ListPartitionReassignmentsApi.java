package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Request;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;

/** ListPartitionReassignments, version 0 (KIP-455): a reassignment that is taken is done, so none is ever under way. */
public final class ListPartitionReassignmentsApi implements Api {

    @Override
    public void handle(Request request) {
        request.respond(new ListPartitionReassignmentsResponseData().setErrorMessage(null));
    }
}
