package io.headrace.broker;

import io.headrace.runtime.Connection;
import io.headrace.runtime.Exchange;
import io.headrace.runtime.Shard;
import io.headrace.wire.ByteReader;
import io.headrace.wire.RequestDecoder;
import io.headrace.wire.RequestHeader;
import io.headrace.wire.ResponseFrame;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiMessage;

/** A decoded request on its connection's shard, and the way to answer it, which works from any shard. */
public final class Request {

    private final Exchange exchange;
    private final RequestHeader header;
    /** The frame as it came: what the body's records are views of. */
    private final ByteBuffer received;

    private final ConnectionState state;
    private final ApiMessage body;

    Request(Exchange exchange, RequestHeader header, int bodyStart, ConnectionState state) {
        this.exchange = exchange;
        this.header = header;
        this.received = exchange.frame();
        this.state = state;
        ByteBuffer bytes = received.duplicate();
        bytes.position(bytes.position() + bodyStart);
        this.body = RequestDecoder.decode(header, new ByteReader(bytes));
    }

    public short version() {
        return header.version();
    }

    /** What the client calls itself; may be null. */
    public String clientId() {
        return header.clientId();
    }

    /** Where the client is, as Kafka shows it: a slash, and the address. */
    public String clientHost() {
        return "/" + connection().remoteAddress().getAddress().getHostAddress();
    }

    public ApiMessage body() {
        return body;
    }

    /**
     * The same bytes of the frame as these records of the body are, where they last until the request is {@link #placed()},
     * which is owed then. On the connection's shard, while the request is being handled.
     */
    public ByteBuffer retain(ByteBuffer records) {
        long offset = MemorySegment.ofBuffer(records).address()
                - MemorySegment.ofBuffer(received).address();
        ByteBuffer lasting = exchange.retain();
        return lasting.slice(lasting.position() + Math.toIntExact(offset), records.remaining());
    }

    public Shard shard() {
        return connection().shard();
    }

    public Connection connection() {
        return exchange.connection();
    }

    /** What is kept for the connection. On its shard only. */
    public ConnectionState state() {
        return state;
    }

    /** Name of the listener that the client came through. */
    public String listener() {
        return state.listener();
    }

    /** See {@link Exchange#whenFollowed}. */
    public void whenFollowed(Runnable task) {
        exchange.whenFollowed(task);
    }

    /** See {@link Exchange#placed()}. */
    public void placed() {
        exchange.placed();
    }

    /** Sends the response. One that its version has no words for is our mistake, and the client must not wait for it. */
    public void respond(ApiMessage response) {
        ResponseFrame frame;
        try {
            frame = ResponseFrame.of(header, response);
        } catch (RuntimeException mistake) {
            exchange.disconnect("the response to " + header + " cannot be written: " + mistake);
            return;
        }
        exchange.complete(frame);
    }

    /** The request asked for no answer. */
    public void finishWithoutResponse() {
        exchange.completeSilently();
    }

    /** Closes the connection, which tells the client what no response could. */
    public void hangUp(String why) {
        exchange.disconnect(why);
    }
}
