package io.headrace.wire;

import java.nio.channels.WritableByteChannel;

/** What a Fetch answers where it has nothing: a length of zero, since librdkafka takes null for a damaged response. */
public enum NoRecords implements RecordSlice {
    NONE;

    @Override
    public int sizeInBytes() {
        return 0;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        return 0;
    }

    @Override
    public void close() {}
}
