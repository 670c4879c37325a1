package io.headrace.log;

/** A record found by its timestamp: where it is, when it was, and the epoch of its batch. All are -1 if there is none. */
public record TimestampOffset(long offset, long timestampMs, int leaderEpoch) {

    public static final TimestampOffset NONE = new TimestampOffset(-1, -1, -1);

    public boolean exists() {
        return offset >= 0;
    }
}
