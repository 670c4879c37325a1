package io.headrace.broker.fetch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client fetches over and over, so that it need not say it each time (KIP-227). Lives with its connection, and is
 * gone when that closes: the client then starts a new one.
 */
final class FetchSession {

    private final int id;
    private final boolean byTopicId;
    private final Map<FetchPosition.Key, FetchPosition> positions = new LinkedHashMap<>();
    private int epoch = FetchSessions.INITIAL_EPOCH;

    FetchSession(int id, boolean byTopicId, List<FetchPosition> first) {
        this.id = id;
        this.byTopicId = byTopicId;
        first.forEach(position -> positions.put(position.key(), position));
        nextEpoch();
    }

    int id() {
        return id;
    }

    /** The epoch that the next request must carry. */
    int epoch() {
        return epoch;
    }

    boolean byTopicId() {
        return byTopicId;
    }

    int size() {
        return positions.size();
    }

    /** After the largest epoch comes 1: 0 and -1 have meanings of their own. */
    void nextEpoch() {
        epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    }

    void update(FetchPosition changed) {
        FetchPosition known = positions.get(changed.key());
        if (known == null) {
            positions.put(changed.key(), changed);
        } else {
            known.moveTo(changed.wanted());
        }
    }

    void forget(FetchPosition.Key key) {
        positions.remove(key);
    }

    List<FetchPosition> positions() {
        return new ArrayList<>(positions.values());
    }

    /** What just got data goes to the end of the line, so that a small response does not starve the others. */
    void servedLast(FetchPosition position) {
        if (positions.remove(position.key(), position)) {
            positions.put(position.key(), position);
        }
    }
}
