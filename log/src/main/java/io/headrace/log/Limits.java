package io.headrace.log;

/** The named limits of this module. */
public final class Limits {

    /**
     * Records that a rejected batch names one by one. A batch of 1 MB may have 100,000 records, and every message is a
     * string in the response; whoever made such a batch has seen enough after a thousand.
     */
    public static final int RECORD_ERRORS = 1_000;

    /** Batches at the end of a log that are found without a file call; a power of two. 384 bytes for a log that is written. */
    public static final int RECENT_BATCHES = 32;

    /**
     * Bytes behind the log end that are taken to be still in memory, if this process wrote them. What lies further back is
     * read through on a disk thread before it is sent, so that a shard never waits for the disk in a sendfile.
     */
    public static final int HOT_TAIL_BYTES = 64 << 20;

    /**
     * Index entries of the active segment that are held in memory, 20 bytes each; the older half of them goes once they are
     * in the files. At one entry per 4 KB they cover the last 8 to 16 MB.
     */
    public static final int INDEX_ENTRIES_IN_MEMORY = 4_096;

    /** Index entries that may wait for the next checkpoint; when there are more, an ordinary flush takes them along. */
    public static final int INDEX_ENTRIES_UNSAVED = 1_024;

    /** Bytes read at a time when walking from batch to batch by their headers. */
    public static final int HEADER_WINDOW_BYTES = 4 << 10;

    /** Bytes read at a time when all of the batches is read. */
    public static final int SCAN_WINDOW_BYTES = 64 << 10;

    /**
     * How long a stretch that was read through is taken to be in memory. To push it out, others would have to bring in as
     * much as the machine has memory within this time; a shard that sends it then waits for the disk.
     */
    public static final long READ_THROUGH_MS = 30_000;

    /** What one reader reads on and on within this time is remembered as one stretch. */
    public static final long READ_THROUGH_JOINED_MS = 1_000;

    /** Stretches of a log that are remembered at the same time. */
    public static final int READ_THROUGH_STRETCHES = 64;

    /** Aborted transactions that are remembered with one of them: 10 KB. Where there are more, they are looked up each time. */
    public static final int READ_THROUGH_ABORTED = 256;

    /** Bytes that compaction reads in one step on a disk thread, so that others get at it in between. */
    public static final int COMPACTION_STEP_BYTES = 1 << 20;

    /** Bytes that compaction writes between two fsyncs: a long one would hold up those of the producers. */
    public static final int COMPACTION_SYNC_BYTES = 16 << 20;

    private Limits() {}
}
