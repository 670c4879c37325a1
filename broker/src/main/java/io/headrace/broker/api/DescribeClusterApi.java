package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.BrokerImage;
import io.headrace.metadata.Endpoint;
import io.headrace.metadata.MetadataImage;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;

/**
 * DescribeCluster, versions 0 to 2 (KIP-700): the brokers. Asked for controllers it says, as Kafka's brokers do, that this
 * is the endpoint of a broker (KIP-919).
 */
public final class DescribeClusterApi implements Api {

    private static final byte BROKERS = 1;
    private static final byte CONTROLLERS = 2;

    private final Node node;

    public DescribeClusterApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DescribeClusterRequestData wanted = (DescribeClusterRequestData) request.body();
        if (wanted.endpointType() != BROKERS) {
            ErrorCode error = wanted.endpointType() == CONTROLLERS
                    ? ErrorCode.MISMATCHED_ENDPOINT_TYPE
                    : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE;
            request.respond(new DescribeClusterResponseData()
                    .setErrorCode(error.code())
                    .setErrorMessage("this endpoint is a broker's, and endpoint type " + wanted.endpointType()
                            + " was asked for"));
            return;
        }
        MetadataImage image = node.image();
        DescribeClusterResponseData response = new DescribeClusterResponseData()
                .setClusterId(image.clusterId())
                .setControllerId(node.id())
                .setClusterAuthorizedOperations(
                        AuthorizedOperations.onCluster(wanted.includeClusterAuthorizedOperations()));
        for (BrokerImage broker : image.brokers().values()) {
            Endpoint endpoint = node.endpointFor(request, broker);
            if (endpoint != null && (!broker.fenced() || wanted.includeFencedBrokers())) {
                response.brokers()
                        .add(new DescribeClusterBroker()
                                .setBrokerId(broker.id())
                                .setHost(endpoint.host())
                                .setPort(endpoint.port())
                                .setRack(broker.rack())
                                .setIsFenced(broker.fenced()));
            }
        }
        request.respond(response);
    }
}
