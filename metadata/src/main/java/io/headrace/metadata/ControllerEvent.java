package io.headrace.metadata;

import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;

/**
 * Something that the controller is asked for, answered with an {@code R}. Requests of clients are the protocol's own
 * messages; the responses hold an error for each of their elements, in the order of the request, and the throttle time
 * is left to the broker.
 */
public sealed interface ControllerEvent<R> {

    record CreateTopics(CreateTopicsRequestData request) implements ControllerEvent<CreateTopicsResponseData> {}

    /** The version decides how a cluster that does not allow deletion says so. */
    record DeleteTopics(DeleteTopicsRequestData request, short version)
            implements ControllerEvent<DeleteTopicsResponseData> {}

    record CreatePartitions(CreatePartitionsRequestData request)
            implements ControllerEvent<CreatePartitionsResponseData> {}

    record IncrementalAlterConfigs(IncrementalAlterConfigsRequestData request)
            implements ControllerEvent<IncrementalAlterConfigsResponseData> {}

    record AlterConfigs(AlterConfigsRequestData request) implements ControllerEvent<AlterConfigsResponseData> {}

    record AllocateProducerIds(int brokerId) implements ControllerEvent<ProducerIdBlock> {}

    /** A broker starts. The first one of a new cluster also sets the levels of its features. */
    record RegisterBroker(BrokerRegistration registration) implements ControllerEvent<BrokerImage> {}
}
