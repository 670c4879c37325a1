package io.headrace.simulation.durability;

import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.replication.Acks;
import io.headrace.replication.Append;
import io.headrace.simulation.Violation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * One offer of a batch to a partition, in bytes of its own. Checks what every append may rely upon, and spoils the bytes
 * after the call unless the partition asked for them to be kept, as a connection does with its buffer.
 */
final class Produce implements Append {

    private static final short VERSION = 12;

    private final ByteBuffer bytes;
    private final Acks acks;
    private final BiConsumer<Produce, AppendResult> answer;
    private boolean retained;
    private boolean placed;
    private boolean done;

    Produce(ByteBuffer batch, Acks acks, BiConsumer<Produce, AppendResult> answer) {
        this.bytes =
                ByteBuffer.allocate(batch.remaining()).put(batch.duplicate()).flip();
        this.acks = acks;
        this.answer = answer;
    }

    /** The call in which the bytes came is over. */
    void callIsOver() {
        if (!retained) {
            Arrays.fill(bytes.array(), (byte) 0xA5);
        }
    }

    boolean isPlaced() {
        return placed;
    }

    @Override
    public ByteBuffer batches() {
        return bytes;
    }

    @Override
    public void retain() {
        retained = true;
    }

    @Override
    public Acks acks() {
        return acks;
    }

    @Override
    public AppendOrigin origin() {
        return AppendOrigin.Client.of(VERSION);
    }

    @Override
    public void placed() {
        Violation.unless(!placed && !done, "an append was placed twice, or after it was answered");
        placed = true;
    }

    @Override
    public void done(AppendResult result) {
        Violation.unless(placed && !done, "an append was answered twice, or before it was placed");
        done = true;
        answer.accept(this, result);
    }
}
