package io.headrace.replication;

/**
 * What a step of a compaction came to.
 *
 * @param bytes that it read and wrote
 */
public record CompactionStep(State state, long bytes) {

    /** Whether to ask for another step. */
    public enum State {
        /** There is more to do. */
        GOING_ON,
        /** The log is compacted as far as it could be. */
        FINISHED,
        /** It could not be done this time; the log is as good as before. */
        GIVEN_UP
    }

    static final CompactionStep NOT_NOW = new CompactionStep(State.GIVEN_UP, 0);
}
