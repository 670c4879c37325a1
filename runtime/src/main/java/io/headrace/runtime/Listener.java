package io.headrace.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A bound server socket on the first shard, which deals out its connections to the shards in turn. */
public final class Listener implements AutoCloseable {

    private final Shard shard;
    private final Acceptor acceptor;
    private final InetSocketAddress address;

    private Listener(Shard shard, Acceptor acceptor, InetSocketAddress address) {
        this.shard = shard;
        this.acceptor = acceptor;
        this.address = address;
    }

    /** Binds, and accepts from now on. A port of 0 picks a free one. One handler is made for each shard, in this call. */
    public static Listener open(
            ShardGroup shards,
            InetSocketAddress address,
            NetworkSettings settings,
            MemoryBudget memory,
            Function<Shard, RequestHandler> handlers)
            throws IOException {
        RequestHandler[] handlerOfShard = new RequestHandler[shards.size()];
        for (int i = 0; i < handlerOfShard.length; i++) {
            handlerOfShard[i] = handlers.apply(shards.shard(i));
        }
        ServerSocketChannel server = bind(address, settings);
        InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
        Acceptor acceptor = new Acceptor(shards, server, settings, memory, handlerOfShard);
        shards.shard(0).post(() -> {
            try {
                acceptor.start();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot accept connections on " + bound, e);
            }
        });
        return new Listener(shards.shard(0), acceptor, bound);
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Accepts no more, while the connections go on; clients that were not accepted yet are refused. Returns when the port
     * is free again. Not on a shard.
     */
    @Override
    public void close() {
        CountDownLatch closed = new CountDownLatch(1);
        boolean posted = shard.post(() -> {
            try {
                acceptor.close();
                shard.deregisterClosed();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                closed.countDown();
            }
        });
        if (posted) {
            Uninterrupted.wait(closed::await);
        }
    }

    private static ServerSocketChannel bind(InetSocketAddress address, NetworkSettings settings) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            if (settings.receiveBufferBytes() > 0) {
                server.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes());
            }
            return server.bind(address, settings.listenBacklog());
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }
}
