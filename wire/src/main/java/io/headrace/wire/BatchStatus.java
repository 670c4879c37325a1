package io.headrace.wire;

/** What was found where a record batch should begin. */
public enum BatchStatus {
    /** A batch of the current format, with all its bytes. Its checksum has not been looked at. */
    WHOLE,
    /** Nothing: the buffer ends here. */
    END,
    /** The beginning of a batch whose end, or already whose header, lies beyond the buffer. */
    TRUNCATED,
    /** A batch of another format than magic 2. */
    OTHER_FORMAT,
    /** A length that no batch has. */
    BAD_LENGTH
}
