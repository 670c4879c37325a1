package io.headrace.runtime;

import io.headrace.wire.MalformedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Cuts the bytes of one connection into frames. What arrives goes into the shard's read buffer, and a frame that lies
 * there whole is handed out where it lies. Only for a frame that is not complete at the end of a turn, and for bytes
 * read that may not be handled yet, does the connection hold memory of its own, as much as bytes have arrived.
 *
 * <p>A turn is: {@link #read} if there is no backlog, {@link #next} as long as frames are wanted, {@link #keepRest}.
 */
final class FrameReader {

    private static final int LENGTH_BYTES = Integer.BYTES;

    private final BufferPool pool;
    private final MemoryBudget budget;
    private final int frameMaxBytes;

    /** Bytes to cut: the shard's read buffer within a turn, or those of the backlog, or null. */
    private ByteBuffer source;

    /** What the last turns have read and not handled. */
    private LeasedBuffer backlog;

    /** The bytes of the length field that have been read, and their value so far. */
    private int lengthBytes;

    private int length;

    /** The beginning of a frame that the source has not had whole. */
    private LeasedBuffer body;

    /** The memory of the frame that was handed out last, if that is its own. */
    private LeasedBuffer ofLastFrame;

    private long framesBegun;

    FrameReader(BufferPool pool, MemoryBudget budget, int frameMaxBytes) {
        this.pool = pool;
        this.budget = budget;
        this.frameMaxBytes = frameMaxBytes;
    }

    /** Reads once, into the room that the incomplete frame has and into the shard's read buffer. Returns -1 at the end. */
    long read(Transport transport, ByteBuffer shared) throws IOException {
        shared.clear();
        ByteBuffer[] targets;
        if (body == null) {
            targets = new ByteBuffer[] {shared};
        } else {
            targets = new ByteBuffer[] {body.bytes(), shared};
        }
        long count = transport.read(targets);
        source = shared.flip();
        return count;
    }

    /**
     * The next frame, without its length field, or null if there is none that is complete. It lies in memory that the
     * next call may use again, unless the caller {@linkplain #takeMemory takes} that.
     */
    ByteBuffer next() {
        releaseLast();
        if (source == null || !readLength()) {
            return null;
        }
        if (body == null && source.remaining() >= length) {
            ByteBuffer frame = source.slice(source.position(), length);
            source.position(source.position() + length);
            lengthBytes = 0;
            return frame;
        }
        collect();
        return received() == length ? complete() : null;
    }

    /** The memory of the frame that was handed out last, now the caller's to release; null if it is not its own. */
    LeasedBuffer takeMemory() {
        LeasedBuffer taken = ofLastFrame;
        ofLastFrame = null;
        return taken;
    }

    /** Ends a turn: what has been read and not handled is moved out of the shard's read buffer. */
    void keepRest() {
        releaseLast();
        if (source == null) {
            return;
        }
        if (!source.hasRemaining()) {
            if (backlog != null) {
                backlog.release();
                backlog = null;
            }
            source = null;
        } else if (backlog == null) {
            backlog = LeasedBuffer.lease(pool, budget, source.remaining());
            source = backlog.bytes().put(source).flip();
        }
    }

    /** Whether there are bytes to handle before more may be read. */
    boolean hasBacklog() {
        return backlog != null;
    }

    /** Whether a frame has begun that only more bytes can complete. */
    boolean midFrame() {
        return lengthBytes > 0 && backlog == null;
    }

    /** Whether it holds memory that only more bytes can free. */
    boolean holdsIncompleteFrame() {
        return body != null && backlog == null;
    }

    /** Frames that have begun to arrive, so far. */
    long framesBegun() {
        return framesBegun;
    }

    /** Bytes of the present frame that have arrived. */
    int received() {
        return body == null ? 0 : body.bytes().position();
    }

    /** Gives all memory back, but for what has been taken. Nothing is read afterwards. */
    void close() {
        releaseLast();
        source = null;
        lengthBytes = 0;
        if (backlog != null) {
            backlog.release();
            backlog = null;
        }
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private void releaseLast() {
        if (ofLastFrame != null) {
            takeMemory().release();
        }
    }

    private boolean readLength() {
        if (lengthBytes == LENGTH_BYTES) {
            return true;
        }
        if (lengthBytes == 0 && source.hasRemaining()) {
            framesBegun++;
        }
        while (lengthBytes < LENGTH_BYTES) {
            if (!source.hasRemaining()) {
                return false;
            }
            length = (length << Byte.SIZE) | (source.get() & 0xff);
            lengthBytes++;
        }
        if (length < Limits.FRAME_MIN_BYTES || length > frameMaxBytes) {
            throw new MalformedMessage("a frame of " + length + " bytes, where " + Limits.FRAME_MIN_BYTES + " to "
                    + frameMaxBytes + " are allowed");
        }
        return true;
    }

    /** Moves what the source has of the frame to the frame's own memory. */
    private void collect() {
        int arriving = Math.min(source.remaining(), length - received());
        if (arriving == 0) {
            return;
        }
        if (body == null || body.bytes().remaining() < arriving) {
            grow(received() + arriving);
        }
        ByteBuffer bytes = body.bytes();
        bytes.put(bytes.position(), source, source.position(), arriving);
        bytes.position(bytes.position() + arriving);
        source.position(source.position() + arriving);
    }

    /** Twice what has arrived, or a whole pooled buffer for somebody who has sent much, but never more than the frame. */
    private void grow(int arrived) {
        long room = Math.max(Limits.FRAME_BUFFER_MIN_BYTES, 2L * arrived);
        if (arrived >= Limits.FRAME_EARNEST_BYTES) {
            room = Math.max(room, Limits.POOLED_BUFFER_MAX_BYTES);
        }
        int wanted = (int) Math.min(length, room);
        LeasedBuffer grown = LeasedBuffer.lease(pool, budget, wanted);
        grown.bytes().limit(Math.min(length, grown.bytes().capacity()));
        if (body != null) {
            grown.bytes().put(body.bytes().flip());
            body.release();
        }
        body = grown;
    }

    private ByteBuffer complete() {
        ofLastFrame = body;
        body = null;
        lengthBytes = 0;
        return ofLastFrame.bytes().flip();
    }
}
