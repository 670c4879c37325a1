package io.headrace.runtime;

import java.net.InetSocketAddress;

/** One client's socket. Everything here belongs to one shard and is called on it alone. */
public final class Connection {

    Connection() {}

    /** Unique in the process. */
    public long id() {
        throw new UnsupportedOperationException();
    }

    public Shard shard() {
        throw new UnsupportedOperationException();
    }

    public InetSocketAddress remoteAddress() {
        throw new UnsupportedOperationException();
    }

    /** Whether the socket is gone; what is completed now goes nowhere. */
    public boolean closed() {
        throw new UnsupportedOperationException();
    }

    /** What the handler keeps for this connection; null until it says so. */
    public Object attachment() {
        throw new UnsupportedOperationException();
    }

    public void attach(Object attachment) {
        throw new UnsupportedOperationException();
    }

    /** Runs once on the shard when the connection closes, for whatever reason; at once if it is closed already. */
    public void onClose(Runnable task) {
        throw new UnsupportedOperationException();
    }
}
