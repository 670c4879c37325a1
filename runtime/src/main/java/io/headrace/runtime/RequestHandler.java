package io.headrace.runtime;

import java.nio.ByteBuffer;

/** What the network is for. Runs on the shard of the connection that a frame came from. */
public interface RequestHandler {

    /**
     * Tells from the first bytes of a frame what the next frame has to wait for. The frame starts after the length field;
     * the position must be left alone. Whatever is thrown closes the connection.
     */
    Placement placementOf(ByteBuffer frame);

    /**
     * Handles one frame; the exchange must be answered some time, in this call or later, in one of its three ways.
     * Whatever is thrown closes the connection: with one line for a {@link io.headrace.wire.MalformedMessage}, with a
     * stack trace for everything else.
     */
    void handle(Exchange exchange);
}
