package io.headrace.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;

/** A bound server socket on shard 0, which deals out its connections to the shards in turn. */
public final class Listener implements AutoCloseable {

    Listener() {}

    /** Binds, and accepts from now on. A port of 0 picks a free one. One handler is made for each shard, in this call. */
    public static Listener open(
            ShardGroup shards,
            InetSocketAddress address,
            NetworkSettings settings,
            MemoryBudget memory,
            Function<Shard, RequestHandler> handlers)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        throw new UnsupportedOperationException();
    }

    /** Accepts no more; the connections go on. Returns when the port is free again. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
