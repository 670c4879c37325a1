package io.headrace.replication;

import io.headrace.log.LogSlice;
import io.headrace.wire.ErrorCode;

/**
 * One partition's part of a fetch. Offsets are -1 where the partition could not be read.
 *
 * @param slice the batches, null when there are none; the receiver closes it on the partition's thread
 */
public record ReadResult(
        ErrorCode error, long highWatermark, long lastStableOffset, long logStartOffset, LogSlice slice) {

    public static ReadResult failed(ErrorCode error) {
        return new ReadResult(error, -1, -1, -1, null);
    }

    public int sizeInBytes() {
        return slice == null ? 0 : slice.sizeInBytes();
    }
}
