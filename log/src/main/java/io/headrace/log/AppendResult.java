package io.headrace.log;

import io.headrace.wire.ErrorCode;
import java.util.List;

/** What became of the batches that a leader was asked to append. Offsets are absolute. */
public sealed interface AppendResult {

    /**
     * The batches are in the page cache; they are durable once the flushed offset passes {@code lastOffset}.
     *
     * @param appendTimeMs wall time given to the records under {@code LogAppendTime}, otherwise -1
     */
    record Appended(long baseOffset, long lastOffset, long appendTimeMs) implements AppendResult {}

    /** An idempotent producer sent a batch again; the offsets are those of the first time, perhaps not yet durable. */
    record Duplicate(long baseOffset, long lastOffset, long appendTimeMs) implements AppendResult {}

    /** Nothing was appended. The message is for a person, null where the code says it all. */
    record Rejected(ErrorCode error, String message, List<RecordError> records) implements AppendResult {
        public static Rejected of(ErrorCode error, String message) {
            return new Rejected(error, message, List.of());
        }
    }

    /** Nothing was appended; the active segment must be rolled first, then the same bytes offered again. */
    record SegmentFull() implements AppendResult {}

    /** One record at fault within a batch (KIP-467); the index counts within the partition's records of the request. */
    record RecordError(int batchIndex, String message) {}
}
