package io.headrace.runtime;

import java.util.LinkedHashMap;

/**
 * The responses in memory that the clients of one shard have asked for and not read, and who holds them. When they become
 * too many, those who have read nothing for the longest are hung up on: a client may read as slowly as it likes, but many
 * that do not read at all must not take the heap from the others. Slices of files do not count, since they take none. On
 * the shard's thread only.
 */
final class UnreadResponses {

    private final long limitBytes;

    /** Whoever has read nothing for the longest comes first. */
    private final LinkedHashMap<Conversation, Long> held = new LinkedHashMap<>();

    private long bytes;

    UnreadResponses(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Bytes. */
    long size() {
        return bytes;
    }

    /**
     * Takes note of what a connection's socket has not taken.
     *
     * @param unread bytes of responses in memory; 0 once there are none, or the connection has gone
     * @param hasRead whether the client has read some since the last call
     */
    void note(Conversation holder, long unread, boolean hasRead) {
        if (unread == 0 || hasRead) {
            Long before = held.remove(holder);
            bytes -= before == null ? 0 : before;
        }
        if (unread > 0) {
            Long before = held.put(holder, unread);
            bytes += unread - (before == null ? 0 : before);
            hangUpOnTheStalest();
        }
    }

    /** The last one may hold as much as it likes: a response can be larger than the limit. */
    private void hangUpOnTheStalest() {
        while (bytes > limitBytes && held.size() > 1) {
            Conversation stalest = held.firstEntry().getKey();
            stalest.closeSaying("it leaves its responses unread, and the memory for those is used up");
            // Closing has taken it out, unless it was closed before it was noted.
            note(stalest, 0, false);
        }
    }
}
