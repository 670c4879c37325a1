package io.headrace.runtime;

/**
 * What the configuration says about connections.
 *
 * @param requestMaxBytes socket.request.max.bytes: a frame that announces more closes its connection
 * @param idleMaxMs connections.max.idle.ms; negative for never
 * @param maxConnections max.connections: beyond, nobody is accepted until somebody leaves
 * @param maxConnectionsPerIp max.connections.per.ip: beyond, a connection is closed at once
 * @param sendBufferBytes socket.send.buffer.bytes; -1 leaves it to the operating system
 * @param receiveBufferBytes socket.receive.buffer.bytes; -1 leaves it to the operating system
 * @param listenBacklog socket.listen.backlog.size
 * @param frameProgressMs a frame that has begun to arrive and makes next to no progress for so long closes its
 *     connection; not one of Kafka's keys
 */
public record NetworkSettings(
        int requestMaxBytes,
        long idleMaxMs,
        int maxConnections,
        int maxConnectionsPerIp,
        int sendBufferBytes,
        int receiveBufferBytes,
        int listenBacklog,
        long frameProgressMs) {

    /** Half a minute: longer than any retransmission of a network that is worth waiting for. */
    public static final long DEFAULT_FRAME_PROGRESS_MS = 30_000;

    /** Kafka's defaults, but for the socket buffers, which the operating system sizes better. */
    public static NetworkSettings defaults() {
        return new NetworkSettings(
                100 << 20, 600_000, Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1, 50, DEFAULT_FRAME_PROGRESS_MS);
    }
}
