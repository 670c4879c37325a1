package io.headrace.wire;

/**
 * The named limits of this module. Two more are built into the generated message classes, which refuse an array of more
 * than 1,000,000 elements or 10,000 tagged fields, or of more than the frame has bytes left, before allocating for it.
 */
public final class Limits {

    /**
     * Fields in one request. The generated classes limit each array by itself; nested arrays could still turn a frame of
     * 100 MB into gigabytes of objects. The largest honest requests (a fetch of 100,000 partitions) stay under a million.
     */
    public static final int REQUEST_FIELDS = 4_000_000;

    /** Tagged fields in one request header; the same as the generated classes allow in a struct. */
    public static final int HEADER_TAGGED_FIELDS = 10_000;

    /**
     * Bytes that one compressed batch may unfold to. A batch of 1 MB may honestly hold a hundred times as much; a zip bomb
     * holds a thousand times more than that, and would keep a shard busy for seconds.
     */
    public static final long DECOMPRESSED_BATCH_BYTES = 256L << 20;

    /** Bytes of decompressed data held at a time while walking a compressed batch. */
    public static final int DECOMPRESSION_WINDOW_BYTES = 16 << 10;

    /** Bytes of the first buffer of a {@link BatchBuilder}; it doubles from there. */
    public static final int BUILDER_INITIAL_BYTES = 512;

    private Limits() {}
}
