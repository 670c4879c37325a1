package io.headrace.runtime;

import io.headrace.wire.MalformedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;

/**
 * What goes over one connection: frames in, one {@link Exchange} for each, responses out in the order of the requests. On
 * the shard of the connection alone.
 *
 * <p>A frame is taken only while no earlier one {@linkplain Exchange#holdsConnection() holds} the connection, not too
 * many are unanswered, and the client reads its responses. What it sends meanwhile stays in its socket, or in the backlog
 * if it has been read already, so that a client can make us hold no more than that.
 */
final class Conversation implements Endpoint, MemoryBudget.Reader {

    private final Connection connection;
    private final Shard shard;
    private final Transport transport;
    private final RequestHandler handler;
    private final MemoryBudget budget;
    private final FrameReader in;
    private final Outbound out = new Outbound();
    private final Deadlines deadlines;
    private final ArrayDeque<Exchange> exchanges = new ArrayDeque<>(4);

    /** The last exchange begun; the next frame may have to wait for it, and it waited for those before. */
    private Exchange last;

    private boolean due;
    private boolean handling;
    private boolean waitingForMemory;
    private boolean socketFull;
    private boolean draining;

    /** The client has closed its side: nothing more will come, but it may still read. */
    private boolean inputEnded;

    /** Why the connection is to be closed when all is sent, or null. */
    private String farewell;

    Conversation(
            Connection connection,
            Transport transport,
            RequestHandler handler,
            NetworkSettings settings,
            MemoryBudget budget) {
        this.connection = connection;
        shard = connection.shard();
        this.transport = transport;
        this.handler = handler;
        this.budget = budget;
        in = new FrameReader(shard.buffers(), budget, settings.requestMaxBytes());
        deadlines = new Deadlines(this, shard, in, settings);
        shard.connectionOpened();
    }

    @Override
    public void ready(int operations) throws IOException {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            socketFull = false;
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
        settle();
    }

    @Override
    public void failed(Throwable cause) {
        switch (cause) {
            case MalformedMessage malformed -> closeSaying(malformed.getMessage());
            case IOException broken when isDeparture(broken) -> close();
            case IOException broken -> closeSaying(broken.toString());
            default -> {
                close();
                FaultLog.fault("closed the connection from " + connection.remoteAddress(), cause);
            }
        }
    }

    @Override
    public void drain() {
        // The selector knows a closed connection until its next turn.
        if (closed()) {
            return;
        }
        draining = true;
        transport.wantRead(false);
        in.close();
        goOnLater();
    }

    @Override
    public void close() {
        if (closed()) {
            return;
        }
        connection.close();
        transport.close();
        deadlines.cancel();
        in.close();
        out.close();
        budget.leave(this);
        shard.unreadResponses().note(this, 0, false);
        for (Exchange exchange : exchanges) {
            Exchange.drop(exchange.answer());
            if (exchange.answer() != null || exchange.isSerial()) {
                // A pipelined one goes on until it is answered, and is counted as long.
                exchange.end();
            }
        }
        exchanges.clear();
        connection.runCloseTasks();
        shard.connectionClosed();
    }

    void closeSaying(String why) {
        if (!closed()) {
            close();
            FaultLog.line("closed the connection from " + connection.remoteAddress() + ": " + why);
        }
    }

    /** The other side has gone without a word. What else goes wrong may be a file that cannot be sent, and is said. */
    private static boolean isDeparture(IOException broken) {
        String message = String.valueOf(broken.getMessage());
        return message.startsWith("Broken pipe") || message.startsWith("Connection reset");
    }

    @Override
    public void mayReadNow() {
        shard.post(new ReadInTurn());
    }

    /** Goes on at the end of the shard's turn: not at once, since whoever answers is in the midst of something. */
    void goOnLater() {
        if (!due && !handling && !closed()) {
            due = true;
            shard.due(this);
        }
    }

    /** Sends what has been answered, and handles what has had to wait. */
    void goOn() throws IOException {
        due = false;
        if (!closed()) {
            deliver();
            takeFrames();
            settle();
        }
    }

    Connection connection() {
        return connection;
    }

    boolean closed() {
        return connection.closed();
    }

    boolean owesAnswers() {
        return !exchanges.isEmpty();
    }

    /** Whether the next frame may be handled now. */
    boolean takesFrames() {
        return !closed()
                && !draining
                && !inputEnded
                && farewell == null
                && (last == null || !last.holdsConnection())
                && exchanges.size() < Limits.IN_FLIGHT_REQUESTS
                && (exchanges.isEmpty() || shard.exchanges() < Limits.IN_FLIGHT_REQUESTS_PER_SHARD)
                && out.pendingBytes() <= Limits.OUTBOUND_PAUSE_BYTES;
    }

    LeasedBuffer lease(int bytes) {
        return LeasedBuffer.lease(shard.buffers(), budget, bytes);
    }

    private void read() throws IOException {
        if (!(takesFrames() || listens()) || in.hasBacklog() || waitingForMemory) {
            stopReading();
            budget.hasRead(this, false);
            tellLast();
            return;
        }
        if (!budget.mayRead(this, in.holdsIncompleteFrame())) {
            waitingForMemory = true;
            stopReading();
            return;
        }
        long count = in.read(transport, shard.readBuffer());
        if (count < 0) {
            inputEnded();
            return;
        }
        deadlines.active();
        takeFrames();
        budget.hasRead(this, in.holdsIncompleteFrame());
    }

    /**
     * Whether to read although no frame is taken: to notice that the client goes while one request keeps it waiting. It is
     * done once, for what then comes is put into the backlog.
     */
    private boolean listens() {
        return !closed() && !draining && !inputEnded && last != null && last.isSerial() && last.holdsConnection();
    }

    /** Who waits for an answer and has closed its side gets that answer first: it may have closed no more than that. */
    private void inputEnded() {
        if (!listens()) {
            close();
            return;
        }
        inputEnded = true;
        transport.wantRead(false);
        budget.hasRead(this, false);
        in.close();
        tellLast();
        connection.inputEnded();
    }

    /** Only now, and not with every request that holds the connection: most clients send one and wait. */
    private void stopReading() {
        transport.wantRead(false);
        deadlines.excuse();
    }

    private void tellLast() {
        if (last != null) {
            last.followed();
        }
    }

    private void takeFrames() {
        ByteBuffer frame;
        for (int i = 0; i < Limits.FRAMES_PER_TURN && takesFrames() && (frame = in.next()) != null; i++) {
            handle(frame);
        }
        in.keepRest();
    }

    private void handle(ByteBuffer frame) {
        Exchange exchange = new Exchange(this, frame, in.takeMemory());
        Throwable failure = null;
        handling = true;
        try {
            exchange.begin(handler.placementOf(frame));
            last = exchange;
            exchanges.add(exchange);
            handler.handle(exchange);
        } catch (Throwable e) {
            failure = e;
            exchange.end();
        }
        handling = false;
        exchange.handled();
        if (failure == null) {
            deliver();
        } else {
            failed(failure);
        }
    }

    /** Moves the answers whose turn has come to the outbound. */
    private void deliver() {
        Exchange first;
        while (farewell == null && (first = exchanges.peek()) != null && first.answer() != null) {
            exchanges.remove();
            first.end();
            switch (first.answer()) {
                case Answer.Response response -> out.add(response.frame());
                case Answer.Silence silence -> {}
                case Answer.Disconnect disconnect -> farewell = disconnect.why();
            }
        }
        if (exchanges.isEmpty()) {
            // An idle connection must not keep its last response in memory.
            last = null;
        }
    }

    /** Sends, and asks to be called for what comes next. */
    private void settle() throws IOException {
        if (!closed() && !out.isEmpty() && !socketFull) {
            send();
        }
        if (closed()) {
            return;
        }
        if (out.isEmpty() && (farewell != null || ((draining || inputEnded) && exchanges.isEmpty()))) {
            leave();
        } else if (takesFrames() && in.hasBacklog()) {
            goOnLater();
        } else if (takesFrames() && !waitingForMemory) {
            transport.wantRead(true);
        } else if (in.hasBacklog()) {
            tellLast();
        }
        deadlines.watchFrame();
    }

    private void send() throws IOException {
        long pending = out.pendingBytes();
        switch (out.send(transport, shard.gatherVector())) {
            case ALL_SENT -> transport.wantWrite(false);
            case SOCKET_FULL -> {
                socketFull = true;
                transport.wantWrite(true);
            }
            case TURN_OVER -> goOnLater();
        }
        boolean hasRead = out.pendingBytes() < pending;
        if (hasRead) {
            deadlines.active();
        }
        shard.unreadResponses().note(this, socketFull ? out.bytesInMemory() : 0, hasRead);
    }

    private void leave() {
        if (farewell == null) {
            close();
        } else {
            closeSaying(farewell);
        }
    }

    /** Those who waited for memory read one after another, each by such a task. */
    private final class ReadInTurn implements Runnable {
        @Override
        public void run() {
            waitingForMemory = false;
            if (closed()) {
                return;
            }
            try {
                read();
                settle();
            } catch (Throwable e) {
                shard.fail(Conversation.this, e);
            }
        }
    }
}
