package io.headrace.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.protocol.Readable;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * Reads the fields of a received frame for the generated message classes. Every length is compared with what is left of
 * the frame before anything is allocated for it; what does not fit is refused with {@link MalformedMessage}. Byte fields
 * and records are views of the frame, not copies: they live as long as the frame's buffer does.
 *
 * <p>Runs on the shard that owns the connection; not shared.
 */
public final class ByteReader implements Readable {

    private final ByteBuffer buffer;
    private int fieldsLeft = Limits.REQUEST_FIELDS;

    /** Reads from the buffer's position to its limit, and moves the position. */
    public ByteReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public byte readByte() {
        take(Byte.BYTES);
        return buffer.get();
    }

    @Override
    public short readShort() {
        take(Short.BYTES);
        return buffer.getShort();
    }

    @Override
    public int readInt() {
        take(Integer.BYTES);
        return buffer.getInt();
    }

    @Override
    public long readLong() {
        take(Long.BYTES);
        return buffer.getLong();
    }

    @Override
    public double readDouble() {
        take(Double.BYTES);
        return buffer.getDouble();
    }

    @Override
    public byte[] readArray(int length) {
        take(length);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public String readString(int length) {
        take(length);
        if (length == 0) {
            return "";
        }
        if (!buffer.hasArray()) {
            byte[] bytes = new byte[length];
            buffer.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        int start = buffer.position();
        buffer.position(start + length);
        return new String(buffer.array(), buffer.arrayOffset() + start, length, StandardCharsets.UTF_8);
    }

    @Override
    public ByteBuffer readByteBuffer(int length) {
        take(length);
        int start = buffer.position();
        buffer.position(start + length);
        return buffer.slice(start, length);
    }

    @Override
    public MemoryRecords readRecords(int length) {
        return length < 0 ? null : MemoryRecords.readableRecords(readByteBuffer(length));
    }

    @Override
    public int readUnsignedVarint() {
        take(1);
        byte b = buffer.get();
        int value = b & 0x7f;
        for (int shift = 7; b < 0; shift += 7) {
            b = varintByte();
            if (shift == 28 && (b & 0xf0) != 0) {
                throw new MalformedMessage("a varint of more than 32 bits");
            }
            value |= (b & 0x7f) << shift;
        }
        return value;
    }

    @Override
    public int readVarint() {
        int zigzag = readUnsignedVarint();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    @Override
    public long readVarlong() {
        take(1);
        byte b = buffer.get();
        long zigzag = b & 0x7fL;
        for (int shift = 7; b < 0; shift += 7) {
            b = varintByte();
            if (shift == 63 && (b & 0xfe) != 0) {
                throw new MalformedMessage("a varint of more than 64 bits");
            }
            zigzag |= (b & 0x7fL) << shift;
        }
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    @Override
    public int remaining() {
        return buffer.remaining();
    }

    @Override
    public ByteReader slice() {
        return new ByteReader(buffer.slice());
    }

    private byte varintByte() {
        if (!buffer.hasRemaining()) {
            throw new MalformedMessage("the frame ends within a varint");
        }
        return buffer.get();
    }

    /** Called once for each field, before it is read. */
    private void take(int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new MalformedMessage(
                    "a field of " + length + " bytes where the frame has " + buffer.remaining() + " left");
        }
        if (--fieldsLeft < 0) {
            throw new MalformedMessage("more than " + Limits.REQUEST_FIELDS + " fields in one request");
        }
    }
}
