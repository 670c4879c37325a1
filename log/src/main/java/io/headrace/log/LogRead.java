package io.headrace.log;

/** The answer to a read: bytes that can be sent at once, or the work that has to be done on a disk thread first. */
public sealed interface LogRead {

    /** The reader owns the slice and closes it. */
    record Hot(LogSlice slice) implements LogRead {}

    /**
     * The bytes may not be in memory, or have not been verified since this process started. The task finds, verifies and
     * touches them; it fails with {@link DamagedLog} if they are not what was written. The log is told when it has run.
     */
    record Cold(ColdRead task) implements LogRead {}

    /** Below the log start offset or above the log end offset. */
    record OutOfRange() implements LogRead {}
}
