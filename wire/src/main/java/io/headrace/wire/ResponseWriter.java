package io.headrace.wire;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.Writable;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * Takes the fields of a response from the generated message classes. All small fields go into one buffer of exactly the
 * right size; records and byte fields that the classes hand over as buffers become parts of their own, uncopied, between
 * the runs of that buffer. The parts keep the order of the fields.
 */
final class ResponseWriter implements Writable {

    private final ByteBuffer buffer;
    private final List<FramePart> parts = new ArrayList<>(1);
    private int runStart;

    ResponseWriter(int bytesWithoutZeroCopy) {
        buffer = ByteBuffer.allocate(bytesWithoutZeroCopy);
    }

    /** The parts; nothing may be written afterwards. */
    List<FramePart> finish() {
        Check.that(!buffer.hasRemaining(), "a message is as long as it said", buffer.position(), buffer.capacity());
        endRun();
        return parts;
    }

    @Override
    public void writeByte(byte value) {
        buffer.put(value);
    }

    @Override
    public void writeShort(short value) {
        buffer.putShort(value);
    }

    @Override
    public void writeInt(int value) {
        buffer.putInt(value);
    }

    @Override
    public void writeLong(long value) {
        buffer.putLong(value);
    }

    @Override
    public void writeDouble(double value) {
        buffer.putDouble(value);
    }

    @Override
    public void writeByteArray(byte[] bytes) {
        buffer.put(bytes);
    }

    @Override
    public void writeUnsignedVarint(int value) {
        Varints.putUnsigned(buffer, value);
    }

    @Override
    public void writeVarint(int value) {
        Varints.putInt(buffer, value);
    }

    @Override
    public void writeVarlong(long value) {
        Varints.putLong(buffer, value);
    }

    @Override
    public void writeByteBuffer(ByteBuffer bytes) {
        endRun();
        if (bytes.hasRemaining()) {
            parts.add(new FramePart.Bytes(bytes.duplicate()));
        }
    }

    @Override
    public void writeRecords(BaseRecords records) {
        switch (records) {
            // As a part of no bytes it would only cut one write to the socket into two.
            case NoRecords _ -> {}
            case RecordSlice slice -> {
                endRun();
                parts.add(slice);
            }
            case MemoryRecords memory -> writeByteBuffer(memory.buffer());
            default -> throw new IllegalArgumentException("records of " + records.getClass() + " in a response");
        }
    }

    private void endRun() {
        int end = buffer.position();
        if (end > runStart) {
            parts.add(new FramePart.Bytes(buffer.slice(runStart, end - runStart)));
            runStart = end;
        }
    }
}
