package io.headrace.broker;

import io.headrace.broker.api.ApiVersionsApi;
import io.headrace.runtime.Connection;
import io.headrace.runtime.Exchange;
import io.headrace.runtime.Placement;
import io.headrace.runtime.RequestHandler;
import io.headrace.wire.ApiKey;
import io.headrace.wire.ByteReader;
import io.headrace.wire.MalformedMessage;
import io.headrace.wire.RequestHeader;
import io.headrace.wire.ResponseFrame;
import java.nio.ByteBuffer;

/**
 * Takes the frames of one shard's connections to the APIs. A request that cannot be read, or is of an API or version that
 * is not served, costs its sender the connection; only ApiVersions answers versions that it does not know.
 */
final class RequestRouter implements RequestHandler {

    private final Node node;
    private final ApiTable apis;
    private final String listener;

    RequestRouter(Node node, String listener) {
        this.node = node;
        this.apis = new ApiTable(node);
        this.listener = listener;
    }

    @Override
    public Placement placementOf(ByteBuffer frame) {
        boolean hasKey = frame.remaining() >= Short.BYTES;
        boolean isProduce = hasKey && frame.getShort(frame.position()) == ApiKey.PRODUCE.id();
        return isProduce ? Placement.PIPELINED : Placement.SERIAL;
    }

    @Override
    public void handle(Exchange exchange) {
        ByteBuffer frame = exchange.frame().duplicate();
        int start = frame.position();
        RequestHeader header = RequestHeader.read(new ByteReader(frame));
        if (!ApiTable.serves(header.api())) {
            throw new MalformedMessage(header.api() + " is not served. " + ApiNotes.on(header.api()));
        }
        if (header.supported()) {
            Request request = new Request(exchange, header, frame.position() - start, stateOf(exchange.connection()));
            apis.api(header.api()).handle(request);
        } else if (header.api() == ApiKey.API_VERSIONS) {
            exchange.complete(ResponseFrame.of(
                    header.correlationId(), (short) 0, ApiVersionsApi.unsupportedVersion(), (short) 0));
        } else {
            throw new MalformedMessage(header.api() + " has no version " + header.version());
        }
    }

    private ConnectionState stateOf(Connection connection) {
        if (connection.attachment() instanceof ConnectionState known) {
            return known;
        }
        ConnectionState state = new ConnectionState(listener, node.newFetchSessions());
        connection.attach(state);
        connection.onClose(state::close);
        connection.onInputEnd(state::inputEnded);
        return state;
    }
}
