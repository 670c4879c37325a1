package io.headrace.wire;

/**
 * The records in a batch are not what its header says, or unfold beyond a limit. The checksum may well be right: it is the
 * sender who wrote it so. Only this batch is refused, with {@link ErrorCode#INVALID_RECORD}.
 */
public final class InvalidRecords extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidRecords(String what) {
        this(what, null);
    }

    InvalidRecords(String what, Throwable cause) {
        super(what, cause, false, false);
    }
}
