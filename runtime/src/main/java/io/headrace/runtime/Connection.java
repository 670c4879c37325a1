package io.headrace.runtime;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/** Who a request comes from. It belongs to one shard, and everything here is called on that shard alone. */
public final class Connection {

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final Shard shard;
    private final InetSocketAddress localAddress;
    private final InetSocketAddress remoteAddress;
    private final ArrayDeque<Runnable> closeTasks = new ArrayDeque<>(2);
    private Runnable whenInputEnds;
    private Object attachment;
    private boolean closed;

    Connection(Shard shard, InetSocketAddress localAddress, InetSocketAddress remoteAddress) {
        this.shard = shard;
        this.localAddress = localAddress;
        this.remoteAddress = remoteAddress;
    }

    /** Unique in the process. */
    public long id() {
        return id;
    }

    public Shard shard() {
        return shard;
    }

    /** The address of this machine by which the client has found us. */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** Whether the socket is gone; what is answered now goes nowhere. */
    public boolean closed() {
        return closed;
    }

    /** What the handler keeps for this connection; null until it says so. */
    public Object attachment() {
        return attachment;
    }

    public void attach(Object newAttachment) {
        attachment = newAttachment;
    }

    /**
     * Runs once when the connection closes, for whatever reason; at once if it is closed already. For what lives as long
     * as the connection, not for single requests: there is no taking it back.
     */
    public void onClose(Runnable task) {
        if (closed) {
            shard.run(task);
        } else {
            closeTasks.push(task);
        }
    }

    /**
     * Runs once when the client has closed its side while it is owed answers: most likely it has gone, and whoever keeps it
     * waiting should make an end. Another task takes the place of this one.
     */
    public void onInputEnd(Runnable task) {
        whenInputEnds = task;
    }

    void inputEnded() {
        if (whenInputEnds != null) {
            shard.run(whenInputEnds);
        }
    }

    /** The socket is gone. */
    void close() {
        closed = true;
    }

    void runCloseTasks() {
        while (!closeTasks.isEmpty()) {
            shard.run(closeTasks.pop());
        }
    }
}
