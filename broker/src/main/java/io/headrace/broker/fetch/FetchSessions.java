package io.headrace.broker.fetch;

import io.headrace.broker.Limits;
import io.headrace.ports.Randomness;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;

/** The incremental fetch sessions of one connection (KIP-227), run by its shard. */
public final class FetchSessions {

    /** Asks for a new session. */
    static final int INITIAL_EPOCH = 0;

    /** Asks for none, and ends the one that is named. */
    private static final int FINAL_EPOCH = -1;

    private static final int NO_SESSION = 0;
    private static final short FIRST_VERSION_BY_TOPIC_ID = 13;

    private final Map<Integer, FetchSession> sessions = new LinkedHashMap<>(2);
    private final Randomness randomness;
    private final SessionSlots slots;

    public FetchSessions(Randomness randomness, SessionSlots slots) {
        this.randomness = randomness;
        this.slots = slots;
    }

    /** The connection has closed. */
    public void close() {
        sessions.values().forEach(session -> slots.giveBack(session.size()));
        sessions.clear();
    }

    FetchScope open(FetchRequestData request, short version) {
        boolean byTopicId = version >= FIRST_VERSION_BY_TOPIC_ID;
        return switch (request.sessionEpoch()) {
            case FINAL_EPOCH -> {
                end(request.sessionId());
                yield new FetchScope.Full(positionsOf(request), NO_SESSION);
            }
            case INITIAL_EPOCH -> {
                end(request.sessionId());
                List<FetchPosition> positions = positionsOf(request);
                yield new FetchScope.Full(positions, newSession(positions, byTopicId));
            }
            default -> goOn(request, byTopicId);
        };
    }

    private int newSession(List<FetchPosition> positions, boolean byTopicId) {
        boolean tooMany = sessions.size() >= Limits.FETCH_SESSIONS_PER_CONNECTION
                || positions.size() > Limits.PARTITIONS_PER_FETCH_SESSION;
        if (tooMany || positions.isEmpty()) {
            return NO_SESSION;
        }
        int id;
        do {
            id = (int) (randomness.nextLong() & Integer.MAX_VALUE);
        } while (id == NO_SESSION || sessions.containsKey(id));
        FetchSession session = new FetchSession(id, byTopicId, positions);
        if (!slots.take(session.size())) {
            return NO_SESSION;
        }
        sessions.put(id, session);
        return id;
    }

    private void end(int id) {
        FetchSession ended = sessions.remove(id);
        if (ended != null) {
            slots.giveBack(ended.size());
        }
    }

    private FetchScope goOn(FetchRequestData request, boolean byTopicId) {
        FetchSession session = sessions.get(request.sessionId());
        if (session == null) {
            return new FetchScope.Refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
        }
        if (request.sessionEpoch() != session.epoch()) {
            return new FetchScope.Refused(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
        }
        if (session.byTopicId() != byTopicId) {
            return new FetchScope.Refused(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
        }
        int before = session.size();
        positionsOf(request).forEach(session::update);
        for (ForgottenTopic topic : request.forgottenTopicsData()) {
            for (int partition : topic.partitions()) {
                session.forget(new FetchPosition.Key(topic.topic(), topic.topicId(), partition));
            }
        }
        if (!slots.grow(session.size() - before)) {
            sessions.remove(session.id());
            slots.giveBack(before);
            return new FetchScope.Full(session.positions(), NO_SESSION);
        }
        if (session.size() == 0 || session.size() > Limits.PARTITIONS_PER_FETCH_SESSION) {
            end(session.id());
            return new FetchScope.Full(session.positions(), NO_SESSION);
        }
        session.nextEpoch();
        return new FetchScope.Incremental(session.positions(), session);
    }

    private static List<FetchPosition> positionsOf(FetchRequestData request) {
        List<FetchPosition> positions = new ArrayList<>();
        for (FetchTopic topic : request.topics()) {
            for (FetchPartition partition : topic.partitions()) {
                FetchPosition.Key key = new FetchPosition.Key(topic.topic(), topic.topicId(), partition.partition());
                positions.add(new FetchPosition(key, partition));
            }
        }
        return positions;
    }
}
