package io.headrace.replication;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Replies that wait until the high watermark reaches an offset: a sorted map and {@link #completeUpTo}. */
final class DeferredReplies {

    /** A reply told either that what it saw is durable, or that nobody knows whether it will be. */
    interface Reply {
        void durable();

        void lost(ErrorCode error, String why);
    }

    private final TreeMap<Long, List<Reply>> byOffset = new TreeMap<>();

    void await(long offset, Reply reply) {
        byOffset.computeIfAbsent(offset, _ -> new ArrayList<>(1)).add(reply);
    }

    void completeUpTo(long highWatermark) {
        while (!byOffset.isEmpty() && byOffset.firstKey() <= highWatermark) {
            for (Reply reply : byOffset.pollFirstEntry().getValue()) {
                reply.durable();
            }
        }
    }

    void loseAll(ErrorCode error, String why) {
        while (!byOffset.isEmpty()) {
            for (Reply reply : byOffset.pollFirstEntry().getValue()) {
                reply.lost(error, why);
            }
        }
    }
}
