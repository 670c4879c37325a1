package io.headrace.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/** One connection of a {@link LoadClient}: frames out, the lengths of the answers in. Used by the client's thread. */
final class LoadConnection implements AutoCloseable {

    private final int index;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Deque<ByteBuffer> outbound = new ArrayDeque<>();
    private final Deque<Long> sentNanos = new ArrayDeque<>();
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private int bodyLeft;
    private long bytesAnswered;

    LoadConnection(int index, int port, Selector selector) throws IOException {
        this.index = index;
        this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    int index() {
        return index;
    }

    long bytesAnswered() {
        return bytesAnswered;
    }

    int unanswered() {
        return sentNanos.size();
    }

    /** Sends a frame that counts as sent at that time. */
    void send(ByteBuffer frame, long nanos) throws IOException {
        sentNanos.addLast(nanos);
        outbound.addLast(frame.duplicate());
        write();
    }

    void write() throws IOException {
        for (ByteBuffer frame = outbound.peekFirst(); frame != null; frame = outbound.peekFirst()) {
            channel.write(frame);
            if (frame.hasRemaining()) {
                break;
            }
            outbound.removeFirst();
        }
        key.interestOps(outbound.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    /** Reads what is there into the buffer, which is not looked at, and returns how many answers were completed by it. */
    int read(ByteBuffer scratch, Histogram latencyNanos) throws IOException {
        int answers = 0;
        while (bodyLeft > 0 ? readBody(scratch) : readLength()) {
            if (bodyLeft == 0) {
                latencyNanos.recordValue(Math.max(0, System.nanoTime() - sentNanos.removeFirst()));
                answers++;
            }
        }
        return answers;
    }

    private boolean readLength() throws IOException {
        if (channel.read(length) < 0) {
            throw new EOFException("the broker closed connection " + index);
        }
        if (length.hasRemaining()) {
            return false;
        }
        bodyLeft = length.flip().getInt();
        bytesAnswered += bodyLeft;
        length.clear();
        return true;
    }

    private boolean readBody(ByteBuffer scratch) throws IOException {
        int count = channel.read(scratch.clear().limit(Math.min(scratch.capacity(), bodyLeft)));
        if (count < 0) {
            throw new EOFException("the broker closed connection " + index + " within an answer");
        }
        bodyLeft -= count;
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
