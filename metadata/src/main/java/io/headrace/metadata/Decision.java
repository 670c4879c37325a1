package io.headrace.metadata;

import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What the controller answers to an event: the records that make it so, to be appended all or none, and the response, to
 * be sent once they (and everything that the decision saw) are durable.
 */
public record Decision<R>(List<ApiMessage> records, R response) {

    static <R> Decision<R> of(R response) {
        return new Decision<>(List.of(), response);
    }

    /** Of a request that only asks what would happen. */
    static <R> Decision<R> of(boolean validateOnly, List<ApiMessage> records, R response) {
        return validateOnly ? of(response) : new Decision<>(records, response);
    }
}
