package io.headrace.replication;

/**
 * Counts the reads of a log's files that are on disk threads, so that files can be changed once those have come back that may
 * still look for them; reads that begin later know better and are not waited for. Run by the partition's thread.
 */
final class ReadsUnderWay {

    /** The reads that began between two changes. */
    static final class Generation {
        private int reads;
        private Runnable whenBack;

        private void settle() {
            Runnable action = whenBack;
            if (reads == 0 && action != null) {
                whenBack = null;
                action.run();
            }
        }
    }

    private Generation current = new Generation();

    /** To be given back to {@link #ended}. */
    Generation began() {
        current.reads++;
        return current;
    }

    void ended(Generation since) {
        since.reads--;
        since.settle();
    }

    /** Runs the action as soon as all reads have come back that are under way now, perhaps at once. */
    void whenBack(Runnable action) {
        Generation until = current;
        current = new Generation();
        until.whenBack = action;
        until.settle();
    }
}
