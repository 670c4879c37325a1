package io.headrace.broker.transaction;

import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.log.TransactionMarker;
import io.headrace.replication.Acks;
import io.headrace.replication.Append;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A marker on its way into one partition. */
final class MarkerAppend implements Append {

    private final ByteBuffer batch;
    private final AppendOrigin origin;
    private final Consumer<AppendResult> whenDone;

    /** @param version the transaction version of the marker */
    MarkerAppend(TransactionMarker marker, int version, long wallMs, Consumer<AppendResult> whenDone) {
        this.batch = marker.batch(wallMs);
        this.origin = new AppendOrigin.Marker(version);
        this.whenDone = whenDone;
    }

    @Override
    public ByteBuffer batches() {
        return batch;
    }

    /** The bytes are nobody else's. */
    @Override
    public void retain() {}

    @Override
    public Acks acks() {
        return Acks.ALL;
    }

    @Override
    public AppendOrigin origin() {
        return origin;
    }

    @Override
    public void placed() {}

    @Override
    public void done(AppendResult result) {
        whenDone.accept(result);
    }
}
