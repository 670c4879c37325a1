package io.headrace.broker.fetch;

/**
 * Bytes that the partitions of one shard may still bring in one round of a fetch: what would not fit the answer is not read
 * from the disk in the first place. Used by that shard, and looked at by the fetch when the round is over.
 */
final class Allowance {

    private int left;
    private boolean spent;

    Allowance(int bytes) {
        left = Math.max(0, bytes);
    }

    /** Takes up to so many bytes, before the read, which may come back much later. */
    int take(int bytes) {
        int taken = Math.clamp(bytes, 0, left);
        left -= taken;
        spent |= taken == 0 && bytes > 0;
        return taken;
    }

    /** What the read did not need; it may also have needed more. */
    void giveBack(int bytes) {
        left += Math.max(0, bytes);
    }

    /** Whether a partition has come away empty-handed. */
    boolean spent() {
        return spent;
    }
}
