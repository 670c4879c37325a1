package io.headrace.runtime;

import io.headrace.wire.RecordSlice;
import io.headrace.wire.ResponseFrame;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;

/** Requests as a client writes them, and responses as a broker makes them. */
final class Frames {

    static final short PIPELINED_API = 0;
    static final short SERIAL_API = 1;
    static final int HEADER_BYTES = 8;

    private static final short VERSION = 4;

    private Frames() {}

    /** A frame with its length field: API, version, correlation id, and as many more bytes, which count up. */
    static ByteBuffer request(short api, int correlationId, int payloadBytes) {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + HEADER_BYTES + payloadBytes);
        frame.putInt(HEADER_BYTES + payloadBytes);
        frame.putShort(api).putShort(VERSION).putInt(correlationId);
        for (int i = 0; i < payloadBytes; i++) {
            frame.put((byte) (i + correlationId));
        }
        return frame.flip();
    }

    /** Frames that arrive together. */
    static ByteBuffer together(ByteBuffer... frames) {
        int bytes = 0;
        for (ByteBuffer frame : frames) {
            bytes += frame.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(bytes);
        for (ByteBuffer frame : frames) {
            all.put(frame);
        }
        return all.flip();
    }

    /** Whether a frame, which starts after its length field, is one that {@link #request} made. */
    static boolean isIntact(ByteBuffer frame) {
        int correlationId = correlationId(frame);
        for (int i = HEADER_BYTES; i < frame.remaining(); i++) {
            if (frame.get(frame.position() + i) != (byte) (i - HEADER_BYTES + correlationId)) {
                return false;
            }
        }
        return true;
    }

    static int correlationId(ByteBuffer frame) {
        return frame.getInt(frame.position() + Integer.BYTES);
    }

    static short api(ByteBuffer frame) {
        return frame.getShort(frame.position());
    }

    /** Ten bytes, of which the second four are the correlation id. */
    static ResponseFrame response(int correlationId) {
        return ResponseFrame.of(correlationId, (short) 0, new HeartbeatResponseData(), (short) 0);
    }

    /** As above, with so many bytes more, in memory. */
    static ResponseFrame response(int correlationId, int bytes) {
        SaslAuthenticateResponseData body = new SaslAuthenticateResponseData().setAuthBytes(new byte[bytes]);
        return ResponseFrame.of(correlationId, (short) 0, body, (short) 0);
    }

    /** The slices between other bytes. */
    static ResponseFrame response(int correlationId, RecordSlice... slices) {
        FetchResponseData.FetchableTopicResponse topic = new FetchResponseData.FetchableTopicResponse().setTopic("t");
        for (int i = 0; i < slices.length; i++) {
            topic.partitions()
                    .add(new FetchResponseData.PartitionData()
                            .setPartitionIndex(i)
                            .setRecords(slices[i]));
        }
        FetchResponseData body = new FetchResponseData();
        body.responses().add(topic);
        return ResponseFrame.of(correlationId, (short) 0, body, VERSION);
    }
}
