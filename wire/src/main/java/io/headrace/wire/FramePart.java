package io.headrace.wire;

import java.nio.ByteBuffer;

/** A piece of a {@link ResponseFrame}: bytes in memory, or records that lie in a file. */
public sealed interface FramePart permits FramePart.Bytes, RecordSlice {

    /** Bytes from the buffer's position to its limit. The buffer is the frame's own: sending may move the position. */
    record Bytes(ByteBuffer buffer) implements FramePart {}
}
