package io.headrace.wire;

import io.headrace.ports.Check;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * A response ready to be sent: four bytes of length, the header and the body, as parts to be sent one after another.
 * It owns the {@link RecordSlice}s of the body, and {@link #close()} gives them back, sent or not.
 */
public final class ResponseFrame implements AutoCloseable {

    private static final int LENGTH_BYTES = Integer.BYTES;

    private final int sizeInBytes;
    private final List<FramePart> parts;

    private ResponseFrame(int sizeInBytes, List<FramePart> parts) {
        this.sizeInBytes = sizeInBytes;
        this.parts = parts;
    }

    /** The answer to a request, in the request's own version. */
    public static ResponseFrame of(RequestHeader request, ApiMessage body) {
        short version = request.version();
        return of(request.correlationId(), request.api().responseHeaderVersion(version), body, version);
    }

    /** As above, for the one case in which the answer has another version than the request: an unknown ApiVersions. */
    public static ResponseFrame of(int correlationId, short headerVersion, ApiMessage body, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        size.addBytes(headerBytes(headerVersion));
        body.addSize(size, cache, version);
        Check.that(size.totalSize() > 0, "a response fits a frame");
        ResponseWriter writer = new ResponseWriter(LENGTH_BYTES + size.sizeExcludingZeroCopy());
        writer.writeInt(size.totalSize());
        writer.writeInt(correlationId);
        if (headerVersion > 0) {
            writer.writeUnsignedVarint(0);
        }
        body.write(writer, cache, version);
        return new ResponseFrame(LENGTH_BYTES + size.totalSize(), writer.finish());
    }

    /** Bytes of all parts together, the length field included. */
    public int sizeInBytes() {
        return sizeInBytes;
    }

    /** The parts in the order in which they are sent. */
    public List<FramePart> parts() {
        return parts;
    }

    @Override
    public void close() {
        for (FramePart part : parts) {
            if (part instanceof RecordSlice slice) {
                slice.close();
            }
        }
    }

    private static int headerBytes(short headerVersion) {
        return headerVersion > 0 ? Integer.BYTES + 1 : Integer.BYTES;
    }
}
