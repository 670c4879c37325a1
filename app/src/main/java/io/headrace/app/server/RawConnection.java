package io.headrace.app.server;

import io.headrace.wire.ApiKey;
import io.headrace.wire.ByteReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/** A client that knows no more than the messages: one request after the other, each answered before the next. */
final class RawConnection implements AutoCloseable {

    private static final String CLIENT_ID = "headrace-train";
    private static final short HEADER_WITHOUT_TAGS = 1;

    private final SocketChannel channel;
    private final DataInputStream in;
    private int correlationId;

    RawConnection(InetSocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        in = new DataInputStream(Channels.newInputStream(channel));
    }

    /** Sends a request and returns its answer, read into {@code response}. */
    <R extends ApiMessage> R exchange(ApiKey api, int version, ApiMessage request, R response) throws IOException {
        send(api, (short) version, request);
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        ByteReader reader = new ByteReader(ByteBuffer.wrap(frame));
        new ResponseHeaderData(reader, api.responseHeaderVersion((short) version));
        response.read(reader, (short) version);
        return response;
    }

    private void send(ApiKey api, short version, ApiMessage request) throws IOException {
        short headerVersion = (short) Math.max(HEADER_WITHOUT_TAGS, api.requestHeaderVersion(version));
        RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(api.id())
                .setRequestApiVersion(version)
                .setCorrelationId(correlationId++)
                .setClientId(CLIENT_ID);
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        header.addSize(size, cache, headerVersion);
        request.addSize(size, cache, version);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + size.totalSize());
        frame.putInt(size.totalSize());
        ByteBufferAccessor writer = new ByteBufferAccessor(frame);
        header.write(writer, cache, headerVersion);
        request.write(writer, cache, version);
        frame.flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
