package io.headrace.runtime;

import io.headrace.wire.RecordSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A socket without encryption: slices go from the page cache to the socket without passing through here. */
final class PlainTransport implements Transport {

    private final SocketChannel channel;
    private final SelectionKey key;

    PlainTransport(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    @Override
    public long read(ByteBuffer[] targets) throws IOException {
        return targets.length == 1 ? channel.read(targets[0]) : channel.read(targets);
    }

    @Override
    public long write(ByteBuffer[] sources, int count) throws IOException {
        return count == 1 ? channel.write(sources[0]) : channel.write(sources, 0, count);
    }

    @Override
    public long send(RecordSlice slice, long position, long count) throws IOException {
        return slice.transferTo(position, count, channel);
    }

    @Override
    public void wantRead(boolean want) {
        want(SelectionKey.OP_READ, want);
    }

    @Override
    public void wantWrite(boolean want) {
        want(SelectionKey.OP_WRITE, want);
    }

    private void want(int operation, boolean want) {
        int before = key.interestOps();
        int after = want ? before | operation : before & ~operation;
        if (after != before) {
            key.interestOps(after);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            FaultLog.fault("closing a socket failed", e);
        }
    }
}
