package io.headrace.compat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/** One connection that speaks the protocol a frame at a time, or says anything else. Blocking; used by one thread. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MS = 20_000;
    private static final int BUFFER_BYTES = 8_192;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private int correlationId;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static RawClient connect(int port) throws IOException {
        return connect(port, 0);
    }

    /** With a receive buffer of a certain size, so that it is soon full; 0 leaves it to the operating system. */
    public static RawClient connect(int port, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        try {
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            return new RawClient(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request and waits for its answer. */
    public <T extends ApiMessage> T call(ApiMessage request, int version, T response) throws IOException {
        send(request, version);
        return receive(version, response);
    }

    public void send(ApiMessage request, int version) throws IOException {
        write(frame(request, version, ++correlationId));
    }

    /** Reads the answer to the last request sent; the one to an earlier request is a fault. */
    public <T extends ApiMessage> T receive(int version, T response) throws IOException {
        return receive(version, response, correlationId);
    }

    /** Reads the next answer into the message, and holds it against the number that it must bear. */
    public <T extends ApiMessage> T receive(int version, T response, int expectedCorrelationId) throws IOException {
        ByteBufferAccessor body = new ByteBufferAccessor(ByteBuffer.wrap(receiveFrame()));
        short headerVersion = ApiMessageType.fromApiKey(response.apiKey()).responseHeaderVersion((short) version);
        ResponseHeaderData header = new ResponseHeaderData(body, headerVersion);
        if (header.correlationId() != expectedCorrelationId) {
            throw new IOException("answer " + header.correlationId() + " where " + expectedCorrelationId + " was due");
        }
        response.read(body, (short) version);
        if (body.remaining() > 0) {
            throw new IOException(body.remaining() + " bytes too many behind " + response);
        }
        return response;
    }

    public byte[] receiveFrame() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    /** Sends these bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Says that nothing more will be sent, and goes on reading. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads until the other side closes, and returns how many bytes came before; it is a fault if it does not close. */
    public long awaitClose() throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
        } catch (SocketException _) {
            // Reset, because what was sent last was not read any more.
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A whole frame: its length, the header that fits the version, and the request. */
    public static byte[] frame(ApiMessage request, int version, int correlationId) {
        short headerVersion = ApiMessageType.fromApiKey(request.apiKey()).requestHeaderVersion((short) version);
        RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(request.apiKey())
                .setRequestApiVersion((short) version)
                .setCorrelationId(correlationId)
                .setClientId("raw");
        ByteBuffer headerBytes =
                MessageUtil.toByteBufferAccessor(header, headerVersion).buffer();
        ObjectSerializationCache cache = new ObjectSerializationCache();
        int size = request.size(cache, (short) version);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + headerBytes.remaining() + size);
        frame.putInt(headerBytes.remaining() + size).put(headerBytes);
        request.write(new ByteBufferAccessor(frame), cache, (short) version);
        return frame.array();
    }
}
