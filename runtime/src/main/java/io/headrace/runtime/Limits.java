package io.headrace.runtime;

/** The named limits of this module, but for those that come from the configuration: {@link NetworkSettings}. */
public final class Limits {

    /** Disk threads: index searches, loading, rolling and deleting are rare, and wait for the disk rather than a core. */
    public static final int DISK_THREADS = 2;

    /** Flusher threads: a file system commits many fsyncs at the price of one if they come together (decision 002). */
    public static final int FLUSHER_THREADS = 16;

    /**
     * Cold reads that a shard's partitions have under way; the next wait in the shard. A roll or the opening of a log, which a
     * producer waits for, stands behind a few reads and not behind a thousand.
     */
    static final int READS_AT_A_TIME = 2;

    /** Disk tasks waiting for a thread; the next fail. Loading 10,000 partitions at once is an honest start. */
    static final int DISK_TASKS_QUEUED = 100_000;

    /** Milliseconds after which a disk thread without work ends. */
    static final long DISK_THREAD_IDLE_MS = 30_000;

    /** Milliseconds for which closing the disk threads waits for their work: a disk that hangs must not keep the process. */
    static final long DISK_THREADS_END_MS = 3_000;

    /** Milliseconds that a shard may take for a step of its end; only a write that the disk does not take lasts so long. */
    static final long SHARD_END_MS = 10_000;

    /** Bytes of one read or write between a file and a buffer on the heap; the JDK keeps a direct buffer of that size. */
    static final int HEAP_IO_BYTES = 1 << 20;

    /** Tasks, and timers, that a shard runs before it looks at its sockets again. */
    static final int TASKS_PER_TURN = 512;

    /** Connections accepted before the shard does something else. */
    static final int ACCEPTS_PER_TURN = 64;

    /** Milliseconds without accepting after it failed, as it does when the process has no file descriptor left. */
    static final long ACCEPT_PAUSE_MS = 200;

    /** Frames of one connection handled before others have their turn. */
    static final int FRAMES_PER_TURN = 64;

    /** Bytes of a shard's read buffer, the most that is read from one connection before others have their turn. */
    static final int READ_BUFFER_BYTES = 256 << 10;

    /** The shortest frame: API key, version and correlation id. */
    static final int FRAME_MIN_BYTES = 8;

    /** Bytes of the first buffer of a frame that arrives in pieces; it doubles as bytes arrive. */
    static final int FRAME_BUFFER_MIN_BYTES = 4 << 10;

    /**
     * Bytes of a frame after whose arrival there is room for all of it, up to a pooled buffer: copying what has arrived from
     * one doubled buffer to the next cost a tenth of the CPU of batches of 1 MB.
     */
    static final int FRAME_EARNEST_BYTES = 128 << 10;

    /** Bytes of the largest buffer that is pooled; larger ones go back to the operating system at once. */
    static final int POOLED_BUFFER_MAX_BYTES = 2 << 20;

    /** Bytes of unused buffers that a shard's pool keeps: enough for a few producers that send frames of a megabyte. */
    static final int POOL_BYTES = 8 << 20;

    /** Requests of one connection that are handled and not yet answered. The Java client has at most 5, librdkafka many. */
    static final int IN_FLIGHT_REQUESTS = 500;

    /**
     * Bytes of responses that a connection's socket has not taken yet, beyond which no more of its requests are handled.
     * What a client that stops reading can make us hold is this and one response.
     */
    static final int OUTBOUND_PAUSE_BYTES = 64 << 10;

    /**
     * Bytes of responses in memory that the clients of one shard have not read; beyond it those who have read nothing for
     * the longest are hung up on. A small heap gives less.
     */
    static final long UNREAD_RESPONSE_BYTES = Math.clamp(Runtime.getRuntime().maxMemory() / 16, 4L << 20, 32L << 20);

    /**
     * Requests of all connections of a shard that are handled and not yet answered, at some 2 KB each. Beyond it a connection
     * has one at a time, so that nobody starves: when the disk hangs, thousands of pipelining producers wait in their sockets.
     */
    static final int IN_FLIGHT_REQUESTS_PER_SHARD = 20_000;

    /** Bytes sent on one connection before others have their turn. */
    static final int SEND_BYTES_PER_TURN = 1 << 20;

    /** Bytes of one gathering write: the JDK copies all that it is offered, also what the socket then does not take. */
    static final int GATHER_BYTES = 128 << 10;

    /** Buffers of one gathering write. */
    static final int GATHER_BUFFERS = 32;

    /** Times that a socket says it can take bytes and a slice gives none, after which the slice is taken for broken. */
    static final int BARREN_SENDS = 3;

    /** A frame under way must gain so many bytes in each {@link NetworkSettings#frameProgressMs()}, or be complete. */
    static final int FRAME_PROGRESS_BYTES = 64 << 10;

    private Limits() {}
}
