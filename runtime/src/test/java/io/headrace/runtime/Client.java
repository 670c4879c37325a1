package io.headrace.runtime;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** The other end: a blocking socket that gives up after a while. */
final class Client implements Closeable {

    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final DataInputStream in;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
    }

    static Client connect(InetSocketAddress address) throws IOException {
        return connect(address, 0);
    }

    /** With a receive buffer of a certain size, so that it is soon full. */
    static Client connect(InetSocketAddress address, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(address, PATIENCE_MS);
        return new Client(socket);
    }

    int port() {
        return socket.getLocalPort();
    }

    Client send(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        socket.getOutputStream().write(copy);
        return this;
    }

    /** Says that nothing more will be sent, and can go on reading. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads a response and returns its correlation id. */
    int receive() throws IOException {
        return ByteBuffer.wrap(receiveFrame()).getInt();
    }

    byte[] receiveFrame() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    /** Whether the other side closes the connection without another byte. */
    boolean seesEnd() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof SocketTimeoutException);
        }
    }

    /** Goes before its time. */
    void leave() throws IOException {
        socket.close();
    }

    /** Goes with a reset, as a process does that is killed in the midst of reading. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
