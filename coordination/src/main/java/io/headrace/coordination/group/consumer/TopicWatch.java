package io.headrace.coordination.group.consumer;

import io.headrace.coordination.TopicView;

/** Which topics a group has seen last. Lives in memory alone: after loading, a group looks at everything once. */
final class TopicWatch {

    /** Topics that are created in a row are matched together. */
    private static final int REGEX_PAUSE_MS = 1_000;

    private TopicView hashed;
    private TopicView matched;
    private long matchedAtMs;

    boolean isUnhashed(TopicView topics) {
        return !topics.equals(hashed);
    }

    void hashed(TopicView topics) {
        hashed = topics;
    }

    boolean isMatchingDue(TopicView topics, long monotonicMs, int refreshIntervalMs) {
        if (matched == null) {
            return true;
        }
        long sinceMs = monotonicMs - matchedAtMs;
        return !topics.equals(matched) && sinceMs >= REGEX_PAUSE_MS || sinceMs >= refreshIntervalMs;
    }

    void matched(TopicView topics, long monotonicMs) {
        matched = topics;
        matchedAtMs = monotonicMs;
    }
}
