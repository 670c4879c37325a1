package io.headrace.wire;

/**
 * The named limits of this module. {@link #ARRAY_ELEMENTS}, {@link #ARRAY_INITIAL_ELEMENTS} and {@link #TAGGED_FIELDS} are
 * also built into the generated message classes, with the same figures.
 */
public final class Limits {

    /**
     * Fields in one request. The generated classes limit each array by itself; nested arrays could still turn a frame of
     * 100 MB into gigabytes of objects. The largest honest requests (a fetch of 100,000 partitions) stay under a million.
     */
    public static final int REQUEST_FIELDS = 4_000_000;

    /** Elements of one array. An array is never longer than the frame has bytes left, either. */
    public static final int ARRAY_ELEMENTS = 1_000_000;

    /** Elements that memory is reserved for before they have been read. */
    public static final int ARRAY_INITIAL_ELEMENTS = 1_000;

    /** Tagged fields in one struct. */
    public static final int TAGGED_FIELDS = 10_000;

    /**
     * Slots looked at in vain, in all keyed collections of one request together. Honest keys need one or two each; so many
     * take 10 ms, and leave room for a request that names the same topic 2,000 times.
     */
    public static final int KEY_PROBES = 4_000_000;

    /** Elements of a keyed collection whose collisions need no counting, as they cannot cost more than reading them. */
    public static final int KEYS_UNCHECKED = 32;

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
