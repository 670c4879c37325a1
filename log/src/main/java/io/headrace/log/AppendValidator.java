package io.headrace.log;

import io.headrace.wire.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Judges what a producer wants appended, in two steps. {@link #validate} changes nothing in the sender's bytes, so that
 * they can be offered again after a roll; {@link #assign} then gives the batch its offsets, its epoch and, where the topic
 * says so, its time. One per shard, used for one append after another; it holds no state of any log.
 */
public final class AppendValidator {

    /**
     * Empty if the batch may be appended: then {@link #batch()} is what to append. A Produce request carries exactly one
     * batch per partition, from the buffer's position to its limit.
     *
     * @param produceVersion of the request
     */
    public Optional<AppendResult.Rejected> validate(
            ByteBuffer sent, int produceVersion, LogConfig config, long wallMs) {
        throw new UnsupportedOperationException("coming");
    }

    /** The batch as validated: in the sender's buffer, or in a new one if it had to be recompressed. */
    public RecordBatch batch() {
        throw new UnsupportedOperationException("coming");
    }

    /** Makes the batch ready to be written; the buffer from its position to its limit is then what belongs in the log. */
    public ByteBuffer assign(long baseOffset, int leaderEpoch) {
        throw new UnsupportedOperationException("coming");
    }

    /** Milliseconds: the highest timestamp of the records, as it will be in the log. */
    public long maxTimestamp() {
        throw new UnsupportedOperationException("coming");
    }

    /** Milliseconds that every record gets under LogAppendTime, otherwise -1. */
    public long appendTimeMs() {
        throw new UnsupportedOperationException("coming");
    }
}
