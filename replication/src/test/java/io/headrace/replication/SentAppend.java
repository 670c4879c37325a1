package io.headrace.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import java.nio.ByteBuffer;

/** An append as the broker sends it: the bytes are gone after the call unless they were retained, and it is answered once. */
abstract class SentAppend implements Append {

    private final Acks acks;
    private ByteBuffer batches;
    private boolean retained;
    private boolean placed;
    private boolean done;

    SentAppend(ByteBuffer batches, Acks acks) {
        this.batches = copy(batches);
        this.acks = acks;
    }

    void sendTo(LeaderPartition partition) {
        ByteBuffer frame = batches;
        partition.append(this);
        if (retained) {
            assertThat(batches).isNotSameAs(frame);
        }
        while (frame.hasRemaining()) {
            frame.put((byte) 0xEE);
        }
    }

    boolean isPlaced() {
        return placed;
    }

    boolean isDone() {
        return done;
    }

    @Override
    public final ByteBuffer batches() {
        return batches;
    }

    @Override
    public final void retain() {
        if (!retained) {
            batches = copy(batches);
            retained = true;
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    @Override
    public final Acks acks() {
        return acks;
    }

    @Override
    public final AppendOrigin origin() {
        return AppendOrigin.Client.of(12);
    }

    @Override
    public final void placed() {
        assertThat(placed).as("%s is placed for the first time", this).isFalse();
        placed = true;
        whenPlaced();
    }

    @Override
    public final void done(AppendResult result) {
        assertThat(placed).as("%s is placed before it is done", this).isTrue();
        assertThat(done).as("%s is done for the first time", this).isFalse();
        done = true;
        whenDone(result);
    }

    abstract void whenPlaced();

    abstract void whenDone(AppendResult result);
}
