package io.headrace.broker;

import io.headrace.log.LogSlice;
import io.headrace.runtime.Shard;
import io.headrace.wire.RecordSlice;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A slice of a log on its way to a connection of any shard; it is given back on the shard that owns the log. */
public final class OwnedSlice implements RecordSlice {

    private final LogSlice slice;
    private final Shard owner;

    public OwnedSlice(LogSlice slice, Shard owner) {
        this.slice = slice;
        this.owner = owner;
    }

    @Override
    public int sizeInBytes() {
        return slice.sizeInBytes();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return slice.transferTo(position, count, target);
    }

    @Override
    public void close() {
        if (owner.isCurrent()) {
            slice.close();
        } else {
            owner.perform(slice::close);
        }
    }
}
