package io.headrace.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Accepts connections on the first shard and deals them out to all of them in turn. On the first shard's thread only. */
final class Acceptor implements Endpoint {

    private final ShardGroup shards;
    private final ServerSocketChannel server;
    private final NetworkSettings settings;
    private final MemoryBudget memory;
    private final RequestHandler[] handlers;
    private final ConnectionCounts counts = new ConnectionCounts();

    /** Made beforehand: without a file descriptor, its class may not be found any more. */
    private final Runnable goOn = new GoOn();

    private SelectionKey key;
    private int nextShard;

    /** Since when there is no more to accept, as far as the log is concerned. */
    private boolean full;

    private boolean failing;

    Acceptor(
            ShardGroup shards,
            ServerSocketChannel server,
            NetworkSettings settings,
            MemoryBudget memory,
            RequestHandler[] handlers) {
        this.shards = shards;
        this.server = server;
        this.settings = settings;
        this.memory = memory;
        this.handlers = handlers;
    }

    void start() throws IOException {
        key = shards.shard(0).register(server, SelectionKey.OP_ACCEPT);
        key.attach(this);
    }

    @Override
    public void ready(int operations) throws IOException {
        for (int i = 0; i < Limits.ACCEPTS_PER_TURN && hasRoom(); i++) {
            SocketChannel channel = server.accept();
            if (channel == null) {
                break;
            }
            failing = false;
            receive(channel);
        }
    }

    /** The process may have run out of file descriptors: the client waits in the backlog, and we do not spin. */
    @Override
    public void failed(Throwable cause) {
        if (key.isValid()) {
            key.interestOps(0);
            shards.shard(0).schedule(Limits.ACCEPT_PAUSE_MS, goOn);
        }
        if (!failing) {
            failing = true;
            FaultLog.fault("accepting a connection failed, and is tried again and again", cause);
        }
    }

    @Override
    public void drain() {
        close();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            FaultLog.fault("closing a listening socket failed", e);
        }
    }

    private boolean hasRoom() {
        if (counts.total() < settings.maxConnections()) {
            return true;
        }
        if (!full) {
            full = true;
            FaultLog.line("there are " + counts.total() + " connections, as many as max.connections allows:"
                    + " the next are accepted when others close");
        }
        key.interestOps(0);
        return false;
    }

    private void receive(SocketChannel channel) {
        try {
            InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
            if (counts.from(remote.getAddress()) >= settings.maxConnectionsPerIp()) {
                FaultLog.line("refusing a connection from " + remote + ": its address has "
                        + settings.maxConnectionsPerIp() + ", as many as max.connections.per.ip allows");
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (settings.sendBufferBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
            }
            deal(channel, remote);
        } catch (IOException goneAlready) {
            closeQuietly(channel);
        }
    }

    private void deal(SocketChannel channel, InetSocketAddress remote) {
        counts.add(remote.getAddress());
        Shard shard = shards.shard(nextShard);
        nextShard = (nextShard + 1) % shards.size();
        if (!shard.post(new Adoption(shard, channel, remote))) {
            closeQuietly(channel);
        }
    }

    private void departed(InetAddress address) {
        counts.remove(address);
        if (full) {
            full = false;
            goOn();
        }
    }

    private void goOn() {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It served nobody yet.
        }
    }

    private final class GoOn implements Runnable {
        @Override
        public void run() {
            goOn();
        }
    }

    /** Makes a connection of a socket, on the shard that will own it. */
    private final class Adoption implements Runnable {
        private final Shard shard;
        private final SocketChannel channel;
        private final InetSocketAddress remote;

        Adoption(Shard shard, SocketChannel channel, InetSocketAddress remote) {
            this.shard = shard;
            this.channel = channel;
            this.remote = remote;
        }

        @Override
        public void run() {
            boolean adopted = false;
            try {
                adopt();
                adopted = true;
            } catch (IOException goneAlready) {
                // Nobody is there to be told.
            } finally {
                if (!adopted) {
                    closeQuietly(channel);
                    new Departure(remote.getAddress()).run();
                }
            }
        }

        private void adopt() throws IOException {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            Connection connection = new Connection(shard, local, remote);
            SelectionKey connectionKey = shard.register(channel, SelectionKey.OP_READ);
            Transport transport = new PlainTransport(channel, connectionKey);
            connectionKey.attach(new Conversation(connection, transport, handlers[shard.index()], settings, memory));
            connection.onClose(new Departure(remote.getAddress()));
        }
    }

    private final class Departure implements Runnable {
        private final InetAddress address;

        Departure(InetAddress address) {
            this.address = address;
        }

        @Override
        public void run() {
            shards.shard(0).post(() -> departed(address));
        }
    }
}
