package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.broker.coordination.Coordinators;
import io.headrace.metadata.ControllerEvent;
import io.headrace.metadata.Endpoint;
import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;

/**
 * FindCoordinator, versions 0 to 6, from version 4 for several keys (KIP-699). The topic of the coordinators is created
 * when it is first asked for; the answer waits for it, so that the client need not ask again as it must with Kafka. Left
 * out: share groups, refused with INVALID_REQUEST.
 */
public final class FindCoordinatorApi implements Api {

    private static final short FIRST_VERSION_WITH_KEYS = 4;
    private static final byte GROUP = 0;
    private static final byte TRANSACTION = 1;
    private static final int NO_NODE = -1;

    private final Node node;

    public FindCoordinatorApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        FindCoordinatorRequestData wanted = (FindCoordinatorRequestData) request.body();
        switch (wanted.keyType()) {
            case GROUP -> find(request, wanted, node.groups().all());
            case TRANSACTION -> find(request, wanted, node.transactions().all());
            default -> respond(request, wanted, ErrorCode.INVALID_REQUEST);
        }
    }

    private void find(Request request, FindCoordinatorRequestData wanted, Coordinators<?> coordinators) {
        if (node.image().topic(coordinators.kind().topic().name()) != null) {
            found(request, wanted, coordinators);
            return;
        }
        node.control(
                request,
                new ControllerEvent.CreateInternalTopic(
                        coordinators.kind().topic().definition()),
                error -> {
                    if (error == ErrorCode.NONE) {
                        found(request, wanted, coordinators);
                    } else {
                        respond(request, wanted, ErrorCode.COORDINATOR_NOT_AVAILABLE);
                    }
                });
    }

    private void found(Request request, FindCoordinatorRequestData wanted, Coordinators<?> coordinators) {
        keys(request, wanted).forEach(coordinators::prepare);
        respond(request, wanted, ErrorCode.NONE);
    }

    private static List<String> keys(Request request, FindCoordinatorRequestData wanted) {
        return request.version() >= FIRST_VERSION_WITH_KEYS ? wanted.coordinatorKeys() : List.of(wanted.key());
    }

    private void respond(Request request, FindCoordinatorRequestData wanted, ErrorCode error) {
        Coordinator coordinator = coordinator(request, error);
        FindCoordinatorResponseData response = new FindCoordinatorResponseData();
        if (request.version() < FIRST_VERSION_WITH_KEYS) {
            response.setErrorCode(coordinator.errorCode())
                    .setErrorMessage(coordinator.errorMessage())
                    .setNodeId(coordinator.nodeId())
                    .setHost(coordinator.host())
                    .setPort(coordinator.port());
        } else {
            for (String key : wanted.coordinatorKeys()) {
                response.coordinators().add(coordinator.duplicate().setKey(key));
            }
        }
        request.respond(response);
    }

    private Coordinator coordinator(Request request, ErrorCode error) {
        Endpoint here =
                error == ErrorCode.NONE ? node.endpointFor(request, node.image().broker(node.id())) : null;
        if (here == null) {
            ErrorCode why = error == ErrorCode.NONE ? ErrorCode.COORDINATOR_NOT_AVAILABLE : error;
            return new Coordinator()
                    .setErrorCode(why.code())
                    .setErrorMessage(null)
                    .setNodeId(NO_NODE)
                    .setHost("")
                    .setPort(NO_NODE);
        }
        return new Coordinator()
                .setErrorMessage(null)
                .setNodeId(node.id())
                .setHost(here.host())
                .setPort(here.port());
    }
}
