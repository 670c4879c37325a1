package io.headrace.runtime;

/** The shards of a broker, started together and ended together. */
public final class ShardGroup implements AutoCloseable {

    ShardGroup() {}

    /** Starts the shards; their threads are daemons. */
    public static ShardGroup start(int shards) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    public Shard shard(int index) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads no further requests, and returns when every response has been sent or the time is over; all connections are
     * closed then. Stop the listeners first. Whoever parks requests has to answer them meanwhile.
     */
    public void drain(long graceMs) {
        throw new UnsupportedOperationException();
    }

    /** Closes the connections, runs what {@link Shard#onClose} was given, and ends the threads. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
