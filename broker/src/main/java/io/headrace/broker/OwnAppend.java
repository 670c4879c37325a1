package io.headrace.broker;

import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.replication.Acks;
import io.headrace.replication.Append;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What the broker itself appends to a partition. Answered once it is durable, or will not be.
 *
 * @param batches nobody else's, so that they last
 */
public record OwnAppend(ByteBuffer batches, AppendOrigin origin, Consumer<AppendResult> whenDone) implements Append {

    @Override
    public void retain() {}

    @Override
    public Acks acks() {
        return Acks.ALL;
    }

    @Override
    public void placed() {}

    @Override
    public void done(AppendResult result) {
        whenDone.accept(result);
    }
}
