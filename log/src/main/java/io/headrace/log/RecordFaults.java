package io.headrace.log;

import io.headrace.log.AppendResult.RecordError;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** The records of one batch that are at fault, for the answer to name them (KIP-467). Reused from batch to batch. */
final class RecordFaults {

    private static final List<RecordError> NONE = List.of();

    private List<RecordError> errors = NONE;
    private int count;
    private boolean timestamps;

    void clear() {
        errors = NONE;
        count = 0;
        timestamps = false;
    }

    void keyMissing(int index) {
        if (another()) {
            errors.add(new RecordError(index, "a compacted topic takes no record without a key"));
        }
    }

    void offsetDelta(int index, int delta) {
        if (another()) {
            errors.add(new RecordError(index, "its offset delta is " + delta + " where " + index + " is due"));
        }
    }

    void timestampOutOfRange(int index, long timestamp, LogConfig config, long wallMs) {
        timestamps = true;
        if (another()) {
            String range = config.timestampBeforeMaxMs() + " ms before and " + config.timestampAfterMaxMs();
            errors.add(new RecordError(
                    index, "timestamp " + timestamp + " is not within " + range + " ms after the broker's " + wallMs));
        }
    }

    void logAppendTimeSet(int index) {
        timestamps = true;
        if (another()) {
            errors.add(new RecordError(index, "a producer does not set LogAppendTime, the broker does"));
        }
    }

    /** Counts one more; whether it is to be named. */
    private boolean another() {
        if (count == 0) {
            errors = new ArrayList<>();
        }
        count++;
        return count <= Limits.RECORD_ERRORS;
    }

    /** Null if no record is at fault. */
    Rejected rejection() {
        if (count == 0) {
            return null;
        }
        ErrorCode error = timestamps ? ErrorCode.INVALID_TIMESTAMP : ErrorCode.INVALID_RECORD;
        return new Rejected(error, count + " of the batch's records cannot be accepted, so none was", errors);
    }
}
