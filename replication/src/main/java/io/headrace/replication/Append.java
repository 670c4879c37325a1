package io.headrace.replication;

import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import java.nio.ByteBuffer;

/**
 * Something to be appended to one partition, such as its part of a produce request, on its way through the leader. {@link #placed()} comes exactly once and
 * before {@link #done}, which comes exactly once; both on the partition's thread.
 */
public interface Append {

    /** Magic 2 batches; the leader assigns their offsets in place. Valid during the call, or for good once retained. */
    ByteBuffer batches();

    /** The append has to wait, so its bytes must outlive the call in which they came. May be called more than once. */
    void retain();

    Acks acks();

    /** Who appends, which bounds what the batches may hold. */
    AppendOrigin origin();

    /** Its place in the log is decided: what the same producer sent next may be offered now. */
    void placed();

    /** Answered as its acks ask for: {@code Appended}, {@code Duplicate} or {@code Rejected}. */
    void done(AppendResult result);
}
