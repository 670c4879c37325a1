package io.headrace.wire;

/** The compressions of record batches, in the order of their ids. */
public enum CompressionCodec {
    NONE(0, 0, 0),
    GZIP(1, 9, -1),
    SNAPPY(0, 0, 0),
    LZ4(1, 17, 9),
    ZSTD(-131_072, 22, 3);

    private static final CompressionCodec[] BY_ID = values();

    private final int lowestLevel;
    private final int highestLevel;
    private final int defaultLevel;

    CompressionCodec(int lowestLevel, int highestLevel, int defaultLevel) {
        this.lowestLevel = lowestLevel;
        this.highestLevel = highestLevel;
        this.defaultLevel = defaultLevel;
    }

    /** The number in a batch's attributes. */
    public int id() {
        return ordinal();
    }

    public int lowestLevel() {
        return lowestLevel;
    }

    public int highestLevel() {
        return highestLevel;
    }

    /** Of gzip it is -1, outside the range: its library decides. */
    public int defaultLevel() {
        return defaultLevel;
    }

    public boolean acceptsLevel(int level) {
        return level == defaultLevel || (level >= lowestLevel && level <= highestLevel);
    }

    /** The codec of an id, or null if there is none. */
    public static CompressionCodec forId(int id) {
        return id < 0 || id >= BY_ID.length ? null : BY_ID[id];
    }
}
