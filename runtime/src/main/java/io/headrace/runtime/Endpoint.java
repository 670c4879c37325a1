package io.headrace.runtime;

import java.io.IOException;

/** What hangs on a key of a shard's selector. Called on the shard's thread. */
interface Endpoint {

    /** The channel can do one of these {@link java.nio.channels.SelectionKey} operations. */
    void ready(int operations) throws IOException;

    /** {@link #ready} has thrown this. */
    void failed(Throwable cause);

    /** Take nothing in any more, and close when all is sent. */
    void drain();

    void close();
}
