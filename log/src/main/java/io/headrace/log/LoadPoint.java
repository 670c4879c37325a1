package io.headrace.log;

/**
 * What the last run left on record about a log.
 *
 * @param recoveryPoint everything below this offset had been made durable
 * @param logStartOffset records below it were deleted; a later start, which the segments themselves show, prevails
 * @param clean the log was closed: nothing needs to be looked at again
 */
public record LoadPoint(long recoveryPoint, long logStartOffset, boolean clean) {

    /** Nothing is on record: every batch is read. */
    public static final LoadPoint UNKNOWN = new LoadPoint(0, 0, false);
}
