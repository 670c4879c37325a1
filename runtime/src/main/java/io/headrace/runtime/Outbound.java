package io.headrace.runtime;

import io.headrace.wire.FramePart;
import io.headrace.wire.RecordSlice;
import io.headrace.wire.ResponseFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * The responses of one connection on their way out, in order. Memory goes out in gathering writes across responses,
 * slices with sendfile. Each response is closed when its last byte has been taken, or with the connection.
 */
final class Outbound {

    /** What became of an attempt to send. */
    enum Progress {
        ALL_SENT,
        /** The socket takes no more at present. */
        SOCKET_FULL,
        /** The socket may take more, but others have to have their turn. */
        TURN_OVER
    }

    private final ArrayDeque<ResponseFrame> frames = new ArrayDeque<>(0);

    /** The part of the first frame that is being sent. */
    private int part;

    /** How far that is sent, if it is a slice; a buffer knows by itself. */
    private long sentOfSlice;

    private long pendingBytes;
    private long bytesInMemory;
    private int barrenSends;

    void add(ResponseFrame frame) {
        frames.add(frame);
        pendingBytes += frame.sizeInBytes();
        bytesInMemory += bytesInMemory(frame);
    }

    private static long bytesInMemory(ResponseFrame frame) {
        long bytes = 0;
        for (FramePart part : frame.parts()) {
            if (part instanceof FramePart.Bytes inMemory) {
                bytes += inMemory.buffer().limit();
            }
        }
        return bytes;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Bytes that the socket has not taken yet. */
    long pendingBytes() {
        return pendingBytes;
    }

    /** Bytes of memory that the responses keep which are not sent to their end. */
    long bytesInMemory() {
        return bytesInMemory;
    }

    /** Sends what the socket takes, up to a turn's share. The vector is scratch space. */
    Progress send(Transport transport, ByteBuffer[] vector) throws IOException {
        long before = pendingBytes;
        while (!frames.isEmpty()) {
            long allowance = Limits.SEND_BYTES_PER_TURN - (before - pendingBytes);
            if (allowance <= 0) {
                return Progress.TURN_OVER;
            }
            boolean tookAll = currentPart() instanceof RecordSlice slice
                    ? sendSlice(slice, allowance, transport)
                    : sendBytes(transport, vector);
            if (!tookAll) {
                checkNotBarren(before);
                return Progress.SOCKET_FULL;
            }
        }
        return Progress.ALL_SENT;
    }

    /** Closes what is not sent. */
    void close() {
        for (ResponseFrame frame : frames) {
            close(frame);
        }
        frames.clear();
        pendingBytes = 0;
        bytesInMemory = 0;
    }

    /** Closes a frame that goes nowhere, or has gone. */
    static void close(ResponseFrame frame) {
        try {
            frame.close();
        } catch (RuntimeException e) {
            FaultLog.fault("closing a response failed", e);
        }
    }

    private FramePart currentPart() {
        return frames.getFirst().parts().get(part);
    }

    private boolean sendSlice(RecordSlice slice, long allowance, Transport transport) throws IOException {
        long wanted = Math.min(allowance, slice.sizeInBytes() - sentOfSlice);
        long sent = wanted == 0 ? 0 : transport.send(slice, sentOfSlice, wanted);
        sentOfSlice += sent;
        pendingBytes -= sent;
        if (sentOfSlice == slice.sizeInBytes()) {
            nextPart();
        }
        return sent == wanted;
    }

    private boolean sendBytes(Transport transport, ByteBuffer[] vector) throws IOException {
        int count = fill(vector);
        ByteBuffer first = vector[0];
        int limit = first.limit();
        if (first.remaining() > Limits.GATHER_BYTES) {
            first.limit(first.position() + Limits.GATHER_BYTES);
        }
        long offered = 0;
        for (int i = 0; i < count; i++) {
            offered += vector[i].remaining();
        }
        long taken = transport.write(vector, count);
        first.limit(limit);
        Arrays.fill(vector, 0, count, null);
        pendingBytes -= taken;
        while (!frames.isEmpty()
                && currentPart() instanceof FramePart.Bytes bytes
                && !bytes.buffer().hasRemaining()) {
            nextPart();
        }
        return taken == offered;
    }

    /** Collects buffers up to the next slice: one at least, and then as many as fit a write. */
    private int fill(ByteBuffer[] vector) {
        int count = 0;
        int bytes = 0;
        int from = part;
        for (ResponseFrame frame : frames) {
            List<FramePart> parts = frame.parts();
            for (int i = from; i < parts.size(); i++) {
                if (!(parts.get(i) instanceof FramePart.Bytes next)) {
                    return count;
                }
                bytes += next.buffer().remaining();
                if (count == vector.length || (count > 0 && bytes > Limits.GATHER_BYTES)) {
                    return count;
                }
                vector[count++] = next.buffer();
            }
            from = 0;
        }
        return count;
    }

    private void nextPart() {
        part++;
        sentOfSlice = 0;
        if (part == frames.getFirst().parts().size()) {
            part = 0;
            ResponseFrame sent = frames.removeFirst();
            bytesInMemory -= bytesInMemory(sent);
            close(sent);
        }
    }

    /** A slice whose file has become too short would otherwise keep a writable socket, and us, busy for ever. */
    private void checkNotBarren(long pendingBefore) throws IOException {
        barrenSends = pendingBytes < pendingBefore ? 0 : barrenSends + 1;
        if (barrenSends > Limits.BARREN_SENDS) {
            throw new IOException("a slice of records ends before its " + pendingBytes + " last bytes");
        }
    }
}
