package io.headrace.runtime;

import io.headrace.wire.ResponseFrame;
import java.nio.ByteBuffer;

/**
 * A request that has arrived, and the place of its response among those of its connection. It belongs to the
 * connection's shard; the methods that answer may be called from any shard and take effect on that one. The first answer
 * counts, later ones are dropped (and their slices closed).
 */
public final class Exchange {

    public Connection connection() {
        throw new UnsupportedOperationException();
    }

    /**
     * The request after its length field, from position to limit. Valid until the handler returns; after
     * {@link #retain()} until the exchange is placed or answered. Nobody but this exchange uses the buffer meanwhile, but
     * it must not be written to.
     */
    public ByteBuffer frame() {
        throw new UnsupportedOperationException();
    }

    /**
     * Keeps the frame beyond the handler's return, by a copy if it lies in the shard's read buffer: call it before
     * slices of {@link #frame()} are made that are to last, and take the frame anew from the result.
     */
    public ByteBuffer retain() {
        throw new UnsupportedOperationException();
    }

    /** The records are written (or refused): the frame is not needed any more, and the next request may be handled. */
    public void placed() {
        throw new UnsupportedOperationException();
    }

    /** Sends the response when its turn comes. The frame is the connection's from here on, and closed by it. */
    public void complete(ResponseFrame response) {
        throw new UnsupportedOperationException();
    }

    /** There is no response to this request (acks=0). */
    public void completeSilently() {
        throw new UnsupportedOperationException();
    }

    /** Sends the responses to earlier requests, then closes the connection and says why in the log. */
    public void disconnect(String why) {
        throw new UnsupportedOperationException();
    }
}
