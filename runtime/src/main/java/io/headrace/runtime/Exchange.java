package io.headrace.runtime;

import io.headrace.wire.ResponseFrame;
import java.nio.ByteBuffer;

/**
 * A request that has arrived, and the place of its response among those of its connection. It belongs to the
 * connection's shard. The methods that answer may be called from any thread and take effect on that shard; the first
 * answer counts, a later one is dropped (and its slices closed). One answer is owed even if the connection is gone by
 * then: with it the exchange gives back what it holds.
 */
public final class Exchange {

    private final Conversation conversation;
    private ByteBuffer frame;

    /** Where the frame lies, if it has memory of its own. */
    private LeasedBuffer memory;

    private Placement placement = Placement.SERIAL;
    private boolean handled;
    private boolean retained;
    private boolean placed;
    private Runnable whenFollowed;
    private boolean counted;
    private Answer answer;

    Exchange(Conversation conversation, ByteBuffer frame, LeasedBuffer memory) {
        this.conversation = conversation;
        this.frame = frame;
        this.memory = memory;
    }

    public Connection connection() {
        return conversation.connection();
    }

    /**
     * The request after its length field, from position to limit; null when it is not there any more. Valid until the
     * handler returns; after {@link #retain()} until the exchange is placed, even if it is answered earlier. Nobody but this
     * exchange uses the buffer meanwhile.
     */
    public ByteBuffer frame() {
        return frame;
    }

    /**
     * Keeps the frame until {@link #placed()}, which is owed from now on. It may be copied for that: what is to last has to be taken from the
     * buffer that is returned, which has the position of the present one. On the connection's shard, within the handler.
     */
    public ByteBuffer retain() {
        if (memory == null) {
            int position = frame.position();
            memory = conversation.lease(frame.limit());
            frame = memory.bytes()
                    .put(0, frame, 0, frame.limit())
                    .limit(frame.limit())
                    .position(position);
        }
        retained = true;
        return frame;
    }

    /**
     * The records are written, or refused, on all shards: the frame is given back, and if the request is {@linkplain
     * Placement#PIPELINED pipelined} the connection's next one may be handled.
     */
    public void placed() {
        Shard shard = connection().shard();
        if (shard.isCurrent()) {
            place();
        } else {
            shard.post(new Placing());
        }
    }

    /**
     * Runs the task, once, when bytes of another request have come over the connection and wait for this one: who holds an
     * answer back for want of news gives it then. On the connection's shard, within the handler.
     */
    public void whenFollowed(Runnable task) {
        whenFollowed = task;
    }

    /** Sends the response when its turn comes. The frame is the connection's from here on, and closed by it. */
    public void complete(ResponseFrame response) {
        answer(new Answer.Response(response));
    }

    /** There is no response to this request (acks=0). */
    public void completeSilently() {
        answer(new Answer.Silence());
    }

    /** Sends the responses to earlier requests, then closes the connection and says why in the log. */
    public void disconnect(String why) {
        answer(new Answer.Disconnect(why));
    }

    void begin(Placement rule) {
        placement = rule;
        counted = true;
        connection().shard().exchangeBegun();
    }

    /** Its answer has been given away, or nobody will hear it. */
    void end() {
        if (counted) {
            counted = false;
            connection().shard().exchangeEnded();
        }
    }

    /** Whether it holds the connection until it is answered. */
    boolean isSerial() {
        return placement == Placement.SERIAL;
    }

    /** The handler has returned. */
    void handled() {
        handled = true;
        releaseIfDone();
    }

    /** Whether the next request of the connection has to wait for this one. */
    boolean holdsConnection() {
        return answer == null && !(placed && placement == Placement.PIPELINED);
    }

    /** The connection has more to say, and is held. */
    void followed() {
        if (whenFollowed != null && answer == null) {
            Runnable task = whenFollowed;
            whenFollowed = null;
            task.run();
        }
    }

    /** Null as long as there is none. */
    Answer answer() {
        return answer;
    }

    private void answer(Answer given) {
        Shard shard = connection().shard();
        if (shard.isCurrent()) {
            take(given);
        } else if (!shard.post(new Answering(given))) {
            drop(given);
        }
    }

    private void place() {
        if (!placed) {
            placed = true;
            releaseIfDone();
            conversation.goOnLater();
        }
    }

    private void take(Answer given) {
        if (answer != null) {
            drop(given);
            return;
        }
        answer = given;
        releaseIfDone();
        if (conversation.closed()) {
            drop(given);
            end();
        } else {
            conversation.goOnLater();
        }
    }

    private void releaseIfDone() {
        if (handled && (!retained || placed)) {
            frame = null;
            if (memory != null) {
                memory.release();
                memory = null;
            }
        }
    }

    static void drop(Answer answer) {
        if (answer instanceof Answer.Response response) {
            Outbound.close(response.frame());
        }
    }

    private final class Placing implements Runnable {
        @Override
        public void run() {
            place();
        }
    }

    private final class Answering implements Runnable {
        private final Answer given;

        Answering(Answer given) {
            this.given = given;
        }

        @Override
        public void run() {
            take(given);
        }
    }
}
