package io.headrace.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A bound server socket on the first shard, which deals out its connections to the shards in turn. Between {@link #bind}
 * and {@link #accept} clients wait in the operating system's queue, so that a broker can learn its port before it is ready.
 */
public final class Listener implements AutoCloseable {

    private final ShardGroup shards;
    private final ServerSocketChannel server;
    private final NetworkSettings settings;
    private final InetSocketAddress address;
    private Acceptor acceptor;

    private Listener(
            ShardGroup shards, ServerSocketChannel server, NetworkSettings settings, InetSocketAddress address) {
        this.shards = shards;
        this.server = server;
        this.settings = settings;
        this.address = address;
    }

    /** Binds; a port of 0 picks a free one. */
    public static Listener bind(ShardGroup shards, InetSocketAddress address, NetworkSettings settings)
            throws IOException {
        ServerSocketChannel server = bind(address, settings);
        return new Listener(shards, server, settings, (InetSocketAddress) server.getLocalAddress());
    }

    /** Accepts from now on, once. One handler is made for each shard, in this call. */
    public void accept(MemoryBudget memory, Function<Shard, RequestHandler> handlers) {
        RequestHandler[] handlerOfShard = new RequestHandler[shards.size()];
        for (int i = 0; i < handlerOfShard.length; i++) {
            handlerOfShard[i] = handlers.apply(shards.shard(i));
        }
        Acceptor accepting = new Acceptor(shards, server, settings, memory, handlerOfShard);
        acceptor = accepting;
        shards.shard(0).post(() -> {
            try {
                accepting.start();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot accept connections on " + address, e);
            }
        });
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
        boolean posted = shards.shard(0).post(() -> {
            try {
                closeOnShard();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                closed.countDown();
            }
        });
        if (posted) {
            Uninterrupted.wait(() -> closed.await(Limits.SHARD_END_MS, TimeUnit.MILLISECONDS));
        }
    }

    private void closeOnShard() throws IOException {
        if (acceptor == null) {
            server.close();
        } else {
            acceptor.close();
            shards.shard(0).deregisterClosed();
        }
    }

    private static ServerSocketChannel bind(InetSocketAddress address, NetworkSettings settings) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("cannot listen on " + inWords(address) + ": there is no host of that name");
        }
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            if (settings.receiveBufferBytes() > 0) {
                server.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes());
            }
            return server.bind(address, settings.listenBacklog());
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + inWords(address) + ": " + e.getMessage(), e);
        }
    }

    /** As a person would write it: the port alone where it is that of every interface. */
    private static String inWords(InetSocketAddress address) {
        if (!address.isUnresolved() && address.getAddress().isAnyLocalAddress()) {
            return "port " + address.getPort();
        }
        String host = address.getHostString();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
